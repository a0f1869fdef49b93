package dev.tidemark.core.catalog.partitions;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The length of time that one partition of a collection covers, in UTC. */
public enum PartitionWidth {
    MONTH(Duration.ofDays(7), Optional.empty()),
    DAY(Duration.ofDays(1), Optional.empty()),
    HOUR(Duration.ofHours(3), Optional.of(Duration.ofDays(60))),
    FIVE_MINUTES(Duration.ofMinutes(15), Optional.of(Duration.ofDays(5)));

    private static final Duration NEAR_FOR_DAYS = Duration.ofDays(400);

    private final Duration ahead;
    private final Optional<Duration> longestKeep;

    PartitionWidth(Duration ahead, Optional<Duration> longestKeep) {
        this.ahead = ahead;
        this.longestKeep = longestKeep;
    }

    /** How long before its start a partition is made. */
    public Duration ahead() {
        return ahead;
    }

    /** Whether a partition of that time is worth this width: for months this year and the one before. */
    boolean isNear(Instant time, Instant now) {
        return this == MONTH
                ? Period.year(time) >= Period.year(now) - 1
                : !time.isBefore(now.minus(longestKeep.orElse(NEAR_FOR_DAYS)));
    }

    /** So that there are at most some 2,000 partitions; empty: events may be kept for ever. */
    public Optional<Duration> longestKeep() {
        return longestKeep;
    }
}
