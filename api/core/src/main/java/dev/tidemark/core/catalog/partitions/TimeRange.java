package dev.tidemark.core.catalog.partitions;

import dev.tidemark.spi.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The times that events may have, so that hostile ones cannot make endless partitions. */
public final class TimeRange {

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Duration AHEAD = Duration.ofDays(2);

    private TimeRange() {}

    /** Why an event of that time cannot be stored, with code {@code time_out_of_range}; empty: it can. */
    public static Optional<Refusal> check(Instant time, Instant now) {
        if (time.isBefore(EARLIEST)) {
            return refused("An event's time must not be before " + EARLIEST + ".");
        }
        if (time.isAfter(now.plus(AHEAD))) {
            return refused("An event's time must not be more than two days ahead.");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refused(String message) {
        return Optional.of(new Refusal("time_out_of_range", "/time", message));
    }
}
