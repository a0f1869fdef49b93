package dev.tidemark.spi;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link Question}.
 *
 * @param columns for rows: the question's columns; for an aggregate: its groupings, then its measures, by name
 * @param rows one value a column
 */
public record Answer(List<String> columns, List<List<@Nullable Object>> rows, Freshness freshness) {

    public Answer {
        columns = List.copyOf(columns);
        rows = Collections.unmodifiableList(new ArrayList<>(rows));
    }

    /**
     * How true the numbers are.
     *
     * @param asOf everything committed by then is in them
     * @param errorBound the relative error of estimates; empty: exact
     */
    public record Freshness(Instant asOf, Source servedFrom, Optional<Double> errorBound) {
        public boolean isExact() {
            return errorBound.isEmpty();
        }
    }

    /** What was read for an answer. */
    public enum Source {
        RAW,
        ROLLUP,
        MIXED
    }

    /** One of the most frequent values. */
    public record Top(Object value, long count) {}
}
