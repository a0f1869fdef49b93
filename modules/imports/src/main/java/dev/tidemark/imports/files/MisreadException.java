package dev.tidemark.imports.files;

import dev.tidemark.spi.Refusal;
import java.io.Serial;

/** An object is no event. Without a stack trace: it may be so for every line of a file. */
final class MisreadException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient Refusal reason;

    MisreadException(String code, String pointer, String message) {
        super(message, null, false, false);
        this.reason = new Refusal(code, pointer, message);
    }

    Refusal reason() {
        return reason;
    }
}
