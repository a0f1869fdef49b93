package dev.tidemark.core.catalog;

import java.time.Duration;
import java.util.Optional;

/** The length of time that one partition of a collection covers, in UTC. */
public enum PartitionWidth {
    MONTH(Optional.empty()),
    DAY(Optional.empty()),
    HOUR(Optional.of(Duration.ofDays(60))),
    FIVE_MINUTES(Optional.of(Duration.ofDays(5)));

    private final Optional<Duration> longestKeep;

    PartitionWidth(Optional<Duration> longestKeep) {
        this.longestKeep = longestKeep;
    }

    /** So that there are at most some 2,000 partitions; empty: events may be kept for ever. */
    Optional<Duration> longestKeep() {
        return longestKeep;
    }
}
