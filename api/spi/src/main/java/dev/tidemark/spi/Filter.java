package dev.tidemark.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition on the columns of a row. */
public sealed interface Filter {

    /** Every row passes. */
    Filter ALL = new And(List.of());

    /** All must hold; of none: true. */
    record And(List<Filter> filters) implements Filter {
        public And {
            filters = List.copyOf(filters);
        }
    }

    /** One must hold; of none: false. */
    record Or(List<Filter> filters) implements Filter {
        public Or {
            filters = List.copyOf(filters);
        }
    }

    /** Holds where the other does not; where a value is missing, a condition on it does not hold, and its opposite does. */
    record Not(Filter filter) implements Filter {}

    /** Whether the column has a value. */
    record IsSet(String column, boolean set) implements Filter {}

    /**
     * A missing value is not equal to anything. A list equals a value when one of its elements does; neither it nor JSON is
     * less or greater. Text goes by its code points.
     *
     * @param value as GraphQL or a module gives it; the engine converts it to the column's type or refuses it
     */
    record Compare(String column, Comparison comparison, Object value) implements Filter {}

    /** Equal to one of the values; of none: false. */
    record In(String column, List<Object> values) implements Filter {
        public In {
            values = List.copyOf(values);
        }
    }

    /** Equal to a value in the only column of a module's own statement. Events in memory cannot be tested so. */
    record InQuery(String column, SqlFragment query) implements Filter {}

    /** How a text column is matched, without patterns. */
    record Matches(String column, Match match, String text) implements Filter {}

    /**
     * Rows that a grouping puts into one group.
     *
     * @param value of the group as an answer has it; null: rows without a value. Of a bucket: the instant at which it starts
     */
    record InGroup(Grouping grouping, @Nullable Object value) implements Filter {}

    enum Comparison {
        EQ,
        NE,
        LT,
        LTE,
        GT,
        GTE
    }

    enum Match {
        CONTAINS,
        STARTS_WITH,
        ENDS_WITH
    }
}
