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
 * @param rest the numbers of all other groups as one more row, whose groupings are null; empty when the question did not
 *     ask for it or nothing was left
 */
public record Answer(
        List<String> columns,
        List<List<@Nullable Object>> rows,
        Optional<List<@Nullable Object>> rest,
        Freshness freshness) {

    // in full: a short constructor's parameters lose their annotations on the way into the class file
    public Answer(
            List<String> columns,
            List<List<@Nullable Object>> rows,
            Optional<List<@Nullable Object>> rest,
            Freshness freshness) {
        this.columns = List.copyOf(columns);
        this.rows = Collections.unmodifiableList(new ArrayList<>(rows));
        this.rest = rest;
        this.freshness = freshness;
    }

    public Answer(List<String> columns, List<List<@Nullable Object>> rows, Freshness freshness) {
        this(columns, rows, Optional.empty(), freshness);
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
