package dev.tidemark.core.jobs;

import java.time.Duration;
import java.util.function.LongSupplier;

/** One node's time as the leader. */
public final class Term {

    private final long number;
    private final Duration lease;
    private final LongSupplier nanos;
    private volatile long renewedAt;
    private volatile boolean ended;

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

    /** Whether this node should believe that it leads no more, by its own monotonic clock. */
    boolean isOver() {
        return ended || nanos.getAsLong() - renewedAt > lease.toNanos();
    }

    void renewed(long askedAt) {
        renewedAt = askedAt;
    }

    void end() {
        ended = true;
    }
}
