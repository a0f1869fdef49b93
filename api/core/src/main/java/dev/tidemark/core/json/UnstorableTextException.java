package dev.tidemark.core.json;

import java.io.Serial;

/** A text holds what PostgreSQL cannot keep. */
public final class UnstorableTextException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    UnstorableTextException() {
        super(StorableText.REASON, null, false, false);
    }
}
