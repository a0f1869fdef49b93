package dev.tidemark.core.catalog.snapshot;

import java.io.Serial;

/** The tables are no longer as a snapshot says: nothing was written, and all has to begin again with a newer one. */
public final class StaleCatalogException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    public StaleCatalogException() {
        super("The catalogue is stale.", null, false, false);
    }
}
