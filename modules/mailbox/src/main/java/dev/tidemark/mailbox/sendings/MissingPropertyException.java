package dev.tidemark.mailbox.sendings;

import java.io.Serial;

/** A customer lacks a property for which a template has no default. */
final class MissingPropertyException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    MissingPropertyException(String property) {
        super("has no property \"" + property + "\", and the template gives no default");
    }
}
