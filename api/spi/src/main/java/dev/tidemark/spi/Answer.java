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
 * @param earlier the same rows of the earlier time; empty when the question did not ask for it
 */
public record Answer(
        List<String> columns,
        List<List<@Nullable Object>> rows,
        Optional<List<@Nullable Object>> rest,
        Optional<Counterparts> earlier,
        Freshness freshness) {

    // in full: a short constructor's parameters lose their annotations on the way into the class file
    public Answer(
            List<String> columns,
            List<List<@Nullable Object>> rows,
            Optional<List<@Nullable Object>> rest,
            Optional<Counterparts> earlier,
            Freshness freshness) {
        this.columns = List.copyOf(columns);
        this.rows = Collections.unmodifiableList(new ArrayList<>(rows));
        this.rest = rest;
        this.earlier = earlier;
        this.freshness = freshness;
    }

    public Answer(List<String> columns, List<List<@Nullable Object>> rows, Freshness freshness) {
        this(columns, rows, Optional.empty(), Optional.empty(), freshness);
    }

    /**
     * What the rows were at an earlier time.
     *
     * @param asked the question about that time, whose bounds are moved
     * @param rows one for each row of the answer, in the same order, with the groups of that time; where nothing happened
     *     then, the measures are those of no rows
     * @param rest that of the rows which were in none of these groups; empty when the answer has none
     */
    public record Counterparts(
            Aggregate asked, List<List<@Nullable Object>> rows, Optional<List<@Nullable Object>> rest) {
        public Counterparts(Aggregate asked, List<List<@Nullable Object>> rows, Optional<List<@Nullable Object>> rest) {
            this.asked = asked;
            this.rows = Collections.unmodifiableList(new ArrayList<>(rows));
            this.rest = rest;
        }
    }

    /**
     * How true the numbers are.
     *
     * @param asOf everything committed by then is in them
     * @param isExact whether nothing was estimated, and nothing that was read is yet to be made anew
     * @param errorBound the relative error of estimates; empty: there are none
     */
    public record Freshness(Instant asOf, Source servedFrom, boolean isExact, Optional<Double> errorBound) {

        /** Of what is up to date. */
        public Freshness(Instant asOf, Source servedFrom, Optional<Double> errorBound) {
            this(asOf, servedFrom, errorBound.isEmpty(), errorBound);
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
