package dev.tidemark.core.catalog;

import dev.tidemark.spi.Refusal;
import java.time.Instant;
import java.util.Optional;

/** The times that events may have, so that hostile ones cannot make endless partitions. */
@SuppressWarnings("DoNotCallSuggester")
public final class TimeRange {

    private TimeRange() {}

    /** Why an event of that time cannot be stored, with code {@code time_out_of_range}; empty: it can. */
    public static Optional<Refusal> check(Instant time, Instant now) {
        throw new UnsupportedOperationException();
    }
}
