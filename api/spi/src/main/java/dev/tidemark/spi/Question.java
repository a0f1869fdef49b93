package dev.tidemark.spi;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What someone wants to know, as a value: it can be compared, cached, rewritten, and asked again when data changed. */
public sealed interface Question permits Question.Rows, Aggregate {

    /**
     * The names of the relations whose rows it is about, in the order given, at least one. Several are asked as one: their
     * rows together, with the columns of all. A column that one of them lacks is null there; one that has another type
     * elsewhere cannot be named. The column {@code _collection} tells whose a row is.
     */
    List<String> relations();

    /** Only rows that pass count. */
    Filter filter();

    /**
     * The rows themselves, without grouping.
     *
     * @param columns by name, or {@link #COUNT}
     * @param order ends with the relation's key, so that pages neither repeat nor skip a row
     * @param first at most that many
     * @param after values of the order's columns of the last row already seen; rows without a value come last
     */
    record Rows(
            List<String> relations,
            List<String> columns,
            Filter filter,
            List<Order> order,
            int first,
            Optional<List<@Nullable Object>> after)
            implements Question {

        /** A column that every relation has for these questions, the same in each row: how many there are, whatever {@code first} says. */
        public static final String COUNT = "_count";

        // in full: a short constructor's parameters lose their annotations on the way into the class file
        public Rows(
                List<String> relations,
                List<String> columns,
                Filter filter,
                List<Order> order,
                int first,
                Optional<List<@Nullable Object>> after) {
            this.relations = List.copyOf(relations);
            this.columns = List.copyOf(columns);
            this.filter = filter;
            this.order = List.copyOf(order);
            this.first = first;
            this.after = after;
        }
    }

    /**
     * Rows without the value come last, whichever way; text goes by its code points.
     *
     * @param by a column, grouping or measure, by name
     * @param value other than {@code VALUE} only of a measure that is a number, in an aggregate with an earlier time
     */
    record Order(String by, boolean descending, OrderedValue value) {

        public Order(String by, boolean descending) {
            this(by, descending, OrderedValue.VALUE);
        }
    }

    /** The value itself, or how it differs from the earlier time's: by so much, or by such a part of it. */
    enum OrderedValue {
        VALUE,
        CHANGE,
        GROWTH
    }

    /** @param value what the measure is compared with */
    record Having(String measure, Filter.Comparison comparison, Number value) {}
}
