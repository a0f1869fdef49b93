package dev.tidemark.core.events;

import java.io.Serial;

/** The tables are no longer as the snapshot said: nothing was written, the request has to be planned again. */
final class StalePlanException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    StalePlanException() {
        super("The plan is stale.", null, false, false);
    }
}
