package dev.tidemark.spi;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

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
     * @param after values of the order's columns of the last row already seen
     */
    record Rows(
            String relation,
            List<String> columns,
            Filter filter,
            List<Order> order,
            int first,
            Optional<List<Object>> after)
            implements Question {
        public Rows {
            columns = List.copyOf(columns);
            order = List.copyOf(order);
            after = after.map(List::copyOf);
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
     */
    record Aggregate(
            String relation,
            List<Grouping> groupings,
            List<Measure> measures,
            Filter filter,
            List<Having> having,
            List<Order> order,
            OptionalInt first,
            boolean fillGaps)
            implements Question {
        public Aggregate {
            groupings = List.copyOf(groupings);
            measures = List.copyOf(measures);
            having = List.copyOf(having);
            order = List.copyOf(order);
        }
    }

    /** @param by a column, grouping or measure, by name */
    record Order(String by, boolean descending) {}

    /** @param value what the measure is compared with */
    record Having(String measure, Filter.Comparison comparison, Number value) {}
}
