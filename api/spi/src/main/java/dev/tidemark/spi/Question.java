package dev.tidemark.spi;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What someone wants to know, as a value: it can be compared, cached, rewritten, and asked again when data changed. */
public sealed interface Question {

    /** The relation it is about. */
    String relation();

    /** Only rows that pass count. */
    Filter filter();

    /** Every relation whose change may change the answer. */
    default Set<String> relations() {
        return Set.of(relation());
    }

    /**
     * The rows themselves, without grouping.
     *
     * @param order ends with the relation's key, so that pages neither repeat nor skip a row
     * @param first at most that many
     * @param after values of the order's columns of the last row already seen; rows without a value come last
     */
    record Rows(
            String relation,
            List<String> columns,
            Filter filter,
            List<Order> order,
            int first,
            Optional<List<@Nullable Object>> after)
            implements Question {
        // in full: a short constructor's parameters lose their annotations on the way into the class file
        public Rows(
                String relation,
                List<String> columns,
                Filter filter,
                List<Order> order,
                int first,
                Optional<List<@Nullable Object>> after) {
            this.relation = relation;
            this.columns = List.copyOf(columns);
            this.filter = filter;
            this.order = List.copyOf(order);
            this.first = first;
            this.after = after;
        }
    }

    /**
     * Numbers about groups of rows.
     *
     * @param groupings none: one group of everything
     * @param measures at least one, with distinct names
     * @param having conditions on measures, by name; all must hold
     * @param order by names of groupings or measures; empty: by the groupings
     * @param fillGaps adds the time buckets in which nothing happened, between the filter's bounds (or, without them, the
     *     first and the last bucket found), for each combination of the other groupings found
     * @param rest adds the numbers of all rows that are in none of the groups listed; needs {@code first}
     */
    record Aggregate(
            String relation,
            List<Grouping> groupings,
            List<Measure> measures,
            Filter filter,
            List<Having> having,
            List<Order> order,
            OptionalInt first,
            boolean fillGaps,
            boolean rest)
            implements Question {
        public Aggregate {
            groupings = List.copyOf(groupings);
            measures = List.copyOf(measures);
            having = List.copyOf(having);
            order = List.copyOf(order);
        }
    }

    /**
     * Rows without the value come last, whichever way; text goes by its code points.
     *
     * @param by a column, grouping or measure, by name
     */
    record Order(String by, boolean descending) {}

    /** @param value what the measure is compared with */
    record Having(String measure, Filter.Comparison comparison, Number value) {}
}
