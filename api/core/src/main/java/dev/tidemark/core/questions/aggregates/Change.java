package dev.tidemark.core.questions.aggregates;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** How a measure differs from what it was; null where either is no number. */
public final class Change {

    private Change() {}

    /** Now less then. */
    public static @Nullable Number of(@Nullable Object now, @Nullable Object then) {
        return now instanceof Number later && then instanceof Number earlier ? difference(later, earlier) : null;
    }

    /** The change by what it changed from; null where that is zero. */
    public static @Nullable Number growth(@Nullable Object now, @Nullable Object then) {
        return now instanceof Number later && then instanceof Number earlier && earlier.doubleValue() != 0
                ? (Double) ((later.doubleValue() - earlier.doubleValue()) / Math.abs(earlier.doubleValue()))
                : null;
    }

    private static Number difference(Number later, Number earlier) {
        if (later instanceof Double || earlier instanceof Double) {
            return later.doubleValue() - earlier.doubleValue();
        }
        var exact = new BigDecimal(later.toString()).subtract(new BigDecimal(earlier.toString()));
        return later instanceof BigDecimal || earlier instanceof BigDecimal ? exact : whole(exact.toBigInteger());
    }

    private static Number whole(BigInteger exact) {
        return exact.bitLength() < Long.SIZE ? (Number) exact.longValue() : exact;
    }
}
