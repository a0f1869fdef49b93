package dev.tidemark.rollups.definition;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Relation.Column;
import dev.tidemark.spi.SqlColumn;
import dev.tidemark.spi.SqlFragment;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A number about the values of one column, stored in a column of its own; those of two rows can be merged. */
public record Part(Kind kind, Column of) {

    /** As PostgreSQL counts: in UTF-8. */
    private static final int LONGEST_NAME = 63;

    public enum Kind {
        /** Null when there are no values. */
        SUM,
        /** How many values there are. */
        NUMBER,
        LEAST,
        GREATEST
    }

    /** The name of its column. */
    public String column() {
        return columnOf(kind.name().toLowerCase(Locale.ROOT), of);
    }

    /** The same, quoted. */
    public SqlFragment name() {
        return SqlFragment.name(column());
    }

    /** The name of a column that says something of another. */
    static String columnOf(String what, Column of) {
        var prefix = "_" + what + "_";
        var bytes = of.name().getBytes(StandardCharsets.UTF_8);
        return prefix + (prefix.length() + bytes.length <= LONGEST_NAME ? of.name() : UUID.nameUUIDFromBytes(bytes));
    }

    /** A sum of whole numbers may become larger than they are. */
    ColumnType type() {
        return switch (kind) {
            case SUM -> of.type() == ColumnType.LONG ? ColumnType.NUMERIC : of.type();
            case NUMBER -> ColumnType.LONG;
            case LEAST, GREATEST -> of.type();
        };
    }

    /** Of a group of events. */
    public SqlFragment ofEvents(SqlColumn column) {
        return switch (kind) {
            case SUM -> sql("sum({})", column.expression());
            case NUMBER -> sql("count({})", column.expression());
            case LEAST -> sql("min({})", column.ordered());
            case GREATEST -> sql("max({})", column.ordered());
        };
    }

    /** Of one event. */
    public SqlFragment ofEvent(SqlColumn column) {
        return switch (kind) {
            case SUM -> sql("({})::{}", column.expression(), SqlFragment.type(type()));
            case NUMBER -> sql("({} is not null)::integer::bigint", column.expression());
            case LEAST, GREATEST -> column.ordered();
        };
    }

    /**
     * Of several rows.
     *
     * @param over which they are, where they are not grouped
     */
    public SqlFragment ofRows(SqlFragment over) {
        return switch (kind) {
            case SUM -> sql("sum({}){}", name(), over);
            case NUMBER -> sql("(sum({}){})::bigint", name(), over);
            case LEAST -> sql("min({}){}", name(), over);
            case GREATEST -> sql("max({}){}", name(), over);
        };
    }

    /** Of no events, in memory. */
    @Nullable
    public Object ofNone() {
        return kind == Kind.NUMBER ? (Object) 0L : null;
    }

    /**
     * Of one more event, in memory, as {@link #ofEvents} has it.
     *
     * @param before of the events so far
     * @param value that of the event: a Boolean, Long, Double, BigDecimal, String, Instant or LocalDate
     */
    @Nullable
    public Object with(@Nullable Object before, @Nullable Object value) {
        if (value == null) {
            return before;
        }
        return switch (kind) {
            case SUM -> before == null ? summand(value) : sum(before, value);
            case NUMBER -> 1 + (Long) Objects.requireNonNull(before);
            case LEAST -> before == null || compare(value, before) < 0 ? value : before;
            case GREATEST -> before == null || compare(value, before) > 0 ? value : before;
        };
    }

    private static Object summand(Object value) {
        return value instanceof Long number ? BigDecimal.valueOf(number) : value;
    }

    private static Object sum(Object before, Object value) {
        if (before instanceof BigDecimal sum) {
            return sum.add((BigDecimal) summand(value));
        }
        var sum = (Double) before + (Double) value;
        if (Double.isInfinite(sum)) {
            throw tooLarge();
        }
        return sum;
    }

    /** Of a sum that PostgreSQL refuses as well. */
    public static CallerException tooLarge() {
        return new CallerException(
                ErrorCode.BAD_USER_INPUT,
                "A sum goes beyond the range of DOUBLE: drop the rollup, and make it without SUM and AVG of that property, or after"
                        + " the property has become NUMERIC.");
    }

    @SuppressWarnings("unchecked") // the values of a column are of one class
    private static int compare(Object one, Object other) {
        return one instanceof String text
                ? Arrays.compareUnsigned(
                        text.getBytes(StandardCharsets.UTF_8), other.toString().getBytes(StandardCharsets.UTF_8))
                : ((Comparable<Object>) one).compareTo(other);
    }

    /** Of the row {@code kept} and the row {@code excluded} together. */
    SqlFragment merged() {
        var name = name();
        return switch (kind) {
            case SUM -> sql("coalesce(kept.{} + excluded.{}, kept.{}, excluded.{})", name, name, name, name);
            case NUMBER -> sql("kept.{} + excluded.{}", name, name);
            case LEAST -> sql("least(kept.{}, excluded.{})", name, name);
            case GREATEST -> sql("greatest(kept.{}, excluded.{})", name, name);
        };
    }
}
