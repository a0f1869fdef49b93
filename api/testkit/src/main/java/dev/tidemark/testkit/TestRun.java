package dev.tidemark.testkit;

import dev.tidemark.spi.Databases;
import dev.tidemark.spi.JobRun;

/**
 * A run of a job without a leader, that nobody ends early.
 *
 * @param databases not fenced
 */
public record TestRun(Databases databases) implements JobRun {

    @Override
    public boolean stopping() {
        return false;
    }
}
