package dev.tidemark.core.jobs;

import java.time.Duration;
import java.util.function.LongSupplier;

/** One node's time as the leader. */
public final class Term {

    private final long number;
    private final Duration lease;
    private final LongSupplier nanos;
    private long renewedAt;
    private boolean ended;

    Term(long number, Duration lease, LongSupplier nanos, long renewedAt) {
        this.number = number;
        this.lease = lease;
        this.nanos = nanos;
        this.renewedAt = renewedAt;
    }

    public long number() {
        return number;
    }

    Duration lease() {
        return lease;
    }

    /** Whether this node should believe that it leads no more, by its own monotonic clock. What is over stays over. */
    synchronized boolean isOver() {
        ended |= nanos.getAsLong() - renewedAt > lease.toNanos();
        return ended;
    }

    /** Whether it came in time: when it is too late, jobs may have ended already. */
    synchronized boolean renewed(long askedAt) {
        if (isOver()) {
            return false;
        }
        renewedAt = askedAt;
        return true;
    }

    synchronized void end() {
        ended = true;
    }
}
