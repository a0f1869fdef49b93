package dev.tidemark.core.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** Numbers without loss: the smallest type that holds exactly what is written. */
public final class JsonNumbers {

    /** So many digits always survive the way to a double and back. */
    static final int EXACT_DIGITS = 15;

    private static final int MOST_DIGITS = 1_000;

    private JsonNumbers() {}

    public static Number integer(String text) {
        return smallest(new BigInteger(text));
    }

    static Number smallest(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
    }

    /** @throws NumberFormatException when its exponent is beyond reason */
    public static Number decimal(String text) {
        if (text.length() <= EXACT_DIGITS && text.indexOf('e') < 0 && text.indexOf('E') < 0) {
            return Double.valueOf(text);
        }
        var exact = new BigDecimal(text);
        if (Math.abs((long) exact.scale()) > JsonLimits.EXPONENT) {
            throw new NumberFormatException("exponent");
        }
        return smallest(exact);
    }

    /** A number with all its digits, which are at most a thousand, before the point and after it; empty for any other text. */
    public static Optional<BigDecimal> exact(String text) {
        if (text.length() > MOST_DIGITS) {
            return Optional.empty();
        }
        try {
            var number = new BigDecimal(text);
            return Math.abs((long) number.scale()) <= MOST_DIGITS ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static Number smallest(BigDecimal exact) {
        var value = exact.doubleValue();
        var same = !Double.isInfinite(value)
                && (value != 0 || exact.signum() == 0)
                && new BigDecimal(Double.toString(value)).compareTo(exact) == 0;
        return same ? (Number) value : exact;
    }
}
