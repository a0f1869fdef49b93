package dev.tidemark.server.postgres;

/** Something that the operator can remedy; the message is one or two sentences that say how. */
public final class EmbeddedDatabaseException extends RuntimeException {

    EmbeddedDatabaseException(String message) {
        super(message);
    }

    EmbeddedDatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
