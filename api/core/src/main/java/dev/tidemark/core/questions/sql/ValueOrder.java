package dev.tidemark.core.questions.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order of an answer's values, the same as PostgreSQL's where text is collated "C". */
public final class ValueOrder {

    private ValueOrder() {}

    /** Rows by one of their values; rows without it come last, whichever way. */
    public static Comparator<List<@Nullable Object>> of(int place, boolean descending) {
        return (first, second) -> {
            var a = first.get(place);
            var b = second.get(place);
            if (a == null || b == null) {
                return Boolean.compare(a == null, b == null);
            }
            return descending ? compare(b, a) : compare(a, b);
        };
    }

    /** Two values of one column, or two numbers. */
    public static int compare(Object first, Object second) {
        return switch (first) {
            case Boolean a -> a.compareTo((Boolean) second);
            case Instant a -> a.compareTo((Instant) second);
            case LocalDate a -> a.compareTo((LocalDate) second);
            case String a -> Arrays.compare(codePoints(a), codePoints((String) second));
            case Number a -> compare(a, (Number) second);
            default -> throw new IllegalArgumentException("No order of " + first.getClass());
        };
    }

    /** Zero of either sign is one. */
    private static int compare(Number first, Number second) {
        return first instanceof Double || second instanceof Double
                ? Double.compare(first.doubleValue() + 0.0, second.doubleValue() + 0.0)
                : new BigDecimal(first.toString()).compareTo(new BigDecimal(second.toString()));
    }

    private static int[] codePoints(String text) {
        return text.codePoints().toArray();
    }
}
