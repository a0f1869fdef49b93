package dev.tidemark.core.jobs;

import java.io.Serial;

/** A transaction of a term that has passed: another node leads. */
public final class DeposedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    DeposedException(long term) {
        super("Term " + term + " has passed: another node leads.");
    }
}
