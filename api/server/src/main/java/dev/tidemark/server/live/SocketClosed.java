package dev.tidemark.server.live;

import java.io.Serial;

/** Ends a socket, with what its client is told. */
final class SocketClosed extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final CloseCode code;

    SocketClosed(CloseCode code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    CloseCode code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
