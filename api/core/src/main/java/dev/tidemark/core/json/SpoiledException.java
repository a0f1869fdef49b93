package dev.tidemark.core.json;

import dev.tidemark.spi.Refusal;
import java.io.Serial;

/** One item cannot be used; the rest can. */
final class SpoiledException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient Refusal reason;

    SpoiledException(String code, String pointer, String message) {
        super(message, null, false, false);
        this.reason = new Refusal(code, pointer, message);
    }

    Refusal reason() {
        return reason;
    }
}
