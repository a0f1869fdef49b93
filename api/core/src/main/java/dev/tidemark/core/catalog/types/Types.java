package dev.tidemark.core.catalog.types;

import dev.tidemark.core.catalog.types.Fit.Fits;
import dev.tidemark.core.catalog.types.Fit.Misfit;
import dev.tidemark.core.catalog.types.Fit.Widens;
import dev.tidemark.spi.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which type a value would have as a new column, and whether it fits the column that is there. Nothing is rounded, cut or
 * guessed: what the type does not hold exactly is a misfit. (Only an {@link Instant} that code made loses what is below a
 * microsecond, as everywhere in PostgreSQL.)
 */
public final class Types {

    private static final double TWO_TO_63 = 0x1p63;

    private Types() {}

    /**
     * The type of a new column for a value as {@link dev.tidemark.spi.Event} has it. Empty: no type holds it without
     * loss (an integer beyond 64 bits, a decimal beyond a double), so it belongs in {@code _extra}.
     */
    public static Optional<ColumnType> infer(Object value) {
        return switch (value) {
            case String text -> Optional.of(ofText(text));
            case Long number -> Optional.of(ColumnType.LONG);
            case Boolean flag -> Optional.of(ColumnType.BOOLEAN);
            case Double number -> Double.isFinite(number) ? Optional.of(ColumnType.DOUBLE) : Optional.empty();
            case Instant instant -> isStorable(instant) ? Optional.of(ColumnType.TIMESTAMP) : Optional.empty();
            case LocalDate date -> isStorable(date) ? Optional.of(ColumnType.DATE) : Optional.empty();
            case List<?> list -> Optional.of(Lists.infer(list));
            case Map<?, ?> object -> Optional.of(ColumnType.JSON);
            default -> Optional.empty();
        };
    }

    /** Whether a value, as {@link dev.tidemark.spi.Event} has it and not null, can be stored in a column of that type. */
    public static Fit fit(ColumnType type, Object value) {
        return switch (type) {
            case TEXT -> text(value);
            case LONG -> integer(value);
            case DOUBLE -> decimal(value);
            case BOOLEAN -> value instanceof Boolean ? new Fits(value) : misfit(type, value);
            case TIMESTAMP -> instant(value);
            case DATE -> date(value);
            case NUMERIC -> numeric(value);
            case JSON -> new Fits(value);
            default -> value instanceof List<?> list ? Lists.fit(type, list) : misfit(type, value);
        };
    }

    /** The type of the column that holds a value: the one that is there, a wider one, or that of a new one. Empty: none does. */
    public static Optional<ColumnType> holding(Optional<ColumnType> column, Object value) {
        return column.isEmpty()
                ? infer(value)
                : switch (fit(column.get(), value)) {
                    case Fits fits -> column;
                    case Widens(var to) -> Optional.of(to);
                    case Misfit misfit -> Optional.empty();
                };
    }

    /** The type of a new column for values of both: the first one's, except that whole numbers give way to fractions. */
    public static ColumnType wider(ColumnType first, ColumnType later) {
        return first == ColumnType.LONG && later == ColumnType.DOUBLE ? later : first;
    }

    private static ColumnType ofText(String text) {
        if (text.isEmpty() || text.charAt(0) < '0' || text.charAt(0) > '9') {
            return ColumnType.TEXT;
        }
        if (IsoText.date(text) != null) {
            return ColumnType.DATE;
        }
        return IsoText.instant(text) != null ? ColumnType.TIMESTAMP : ColumnType.TEXT;
    }

    /** Instants and dates are text in JSON. */
    private static Fit text(Object value) {
        return switch (value) {
            case String text -> new Fits(text);
            case Instant instant -> new Fits(instant.toString());
            case LocalDate date -> new Fits(date.toString());
            default -> misfit(ColumnType.TEXT, value);
        };
    }

    private static Fit integer(Object value) {
        return switch (value) {
            case Long number -> new Fits(number);
            case Double number when !Double.isFinite(number) -> misfit(ColumnType.LONG, value);
            case Double number
            when number == Math.rint(number) ->
                Math.abs(number) < TWO_TO_63 ? new Fits(number.longValue()) : misfit(ColumnType.LONG, value);
            case Double number -> new Widens(ColumnType.DOUBLE);
            default -> misfit(ColumnType.LONG, value);
        };
    }

    private static Fit decimal(Object value) {
        return switch (value) {
            case Double number when Double.isFinite(number) -> new Fits(number);
            case Long number
            when number != Long.MAX_VALUE && (long) (double) number == number -> new Fits(number.doubleValue());
            case BigInteger number
            when Double.isFinite(number.doubleValue())
                    && new BigDecimal(number.doubleValue()).compareTo(new BigDecimal(number)) == 0 ->
                new Fits(number.doubleValue());
            default -> misfit(ColumnType.DOUBLE, value);
        };
    }

    private static Fit numeric(Object value) {
        return switch (value) {
            case Long number -> new Fits(BigDecimal.valueOf(number));
            case BigInteger number -> new Fits(new BigDecimal(number));
            case BigDecimal number -> new Fits(number);
            case Double number when Double.isFinite(number) -> new Fits(BigDecimal.valueOf(number));
            default -> misfit(ColumnType.NUMERIC, value);
        };
    }

    private static Fit instant(Object value) {
        if (value instanceof String text) {
            var instant = IsoText.instant(text);
            return instant == null ? misfit(ColumnType.TIMESTAMP, value) : new Fits(instant);
        }
        return value instanceof Instant instant && isStorable(instant)
                ? new Fits(instant.truncatedTo(ChronoUnit.MICROS))
                : misfit(ColumnType.TIMESTAMP, value);
    }

    private static Fit date(Object value) {
        if (value instanceof String text) {
            var date = IsoText.date(text);
            return date == null ? misfit(ColumnType.DATE, value) : new Fits(date);
        }
        return value instanceof LocalDate date && isStorable(date) ? new Fits(date) : misfit(ColumnType.DATE, value);
    }

    private static boolean isStorable(Instant instant) {
        return !instant.isBefore(IsoText.EARLIEST) && !instant.isAfter(IsoText.LATEST);
    }

    private static boolean isStorable(LocalDate date) {
        return date.getYear() >= 1 && date.getYear() <= 9999;
    }

    static Misfit misfit(ColumnType type, Object value) {
        return new Misfit("The value is " + described(value) + ", which a property of type " + type.sql()
                + " does not hold exactly.");
    }

    private static String described(Object value) {
        return switch (value) {
            case Long number -> "an integer";
            case BigInteger number -> "an integer beyond 64 bits";
            case Double number -> "a decimal number";
            case BigDecimal number -> "a decimal number of many digits";
            case Boolean flag -> "true or false";
            case String text -> "text";
            case Instant instant -> "an instant";
            case LocalDate date -> "a date";
            case List<?> list -> "a list";
            default -> "an object";
        };
    }
}
