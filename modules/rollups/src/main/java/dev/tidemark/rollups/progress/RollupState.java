package dev.tidemark.rollups.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a rollup is doing.
 *
 * @param isReady whether questions about its collection are answered from it
 * @param rawFrom events before it may be gone; empty: all are there
 * @param keptFrom earlier buckets are gone, or about to go; empty: all are there
 * @param backfilling the buckets that someone wants to have made anew; empty: none are under way
 * @param lag the age of the oldest commit that is not rolled up yet; nothing: there is none
 * @param rows counted, or in a large table as the planner estimates
 * @param size in bytes, with its indexes
 * @param stale how many buckets are to be made anew
 */
public record RollupState(
        Instant createdAt,
        Optional<Instant> rolledAt,
        Optional<Instant> rawFrom,
        Optional<Instant> keptFrom,
        Optional<String> lastError,
        boolean isReady,
        long position,
        Progress backfill,
        Optional<Range> backfilling,
        Duration lag,
        long rows,
        long size,
        long stale,
        Audit audit) {

    /**
     * What recomputing random buckets came to.
     *
     * @param at when the last was
     * @param driftedAt when the last was found that had drifted
     */
    record Audit(long buckets, Optional<Instant> at, long drifted, Optional<Instant> driftedAt) {}

    /** Of the commits that were there when it was created. */
    record Progress(long done, long total) {}

    /**
     * Buckets that are made anew, one after the other.
     *
     * @param from the first
     * @param to the last
     * @param next the first that is still to make
     */
    record Range(Instant from, Instant to, Instant next) {}

    public String status() {
        if (lastError.isPresent()) {
            return "FAILING";
        }
        return isReady ? "CURRENT" : "BACKFILLING";
    }
}
