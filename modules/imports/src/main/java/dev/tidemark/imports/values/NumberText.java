package dev.tidemark.imports.values;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads numbers as JSON writes them. What a number would not give back, such as the zeros of {@code 007}, is none. */
final class NumberText {

    private static final int SURELY_LONG = 18;
    private static final int SURELY_DOUBLE = 15;
    private static final int DOUBLE_PRINT = 17;
    private static final int LONGEST = 60;
    private static final int MOST_DIGITS = 1_000;

    private NumberText() {}

    /** Null: it is no integer of 64 bits. */
    static @Nullable Long integer(String text) {
        var start = text.charAt(0) == '-' ? 1 : 0;
        var digits = text.length() - start;
        if (digits == 0
                || digits > SURELY_LONG + 1
                || !isCanonical(text, start)
                || digitsFrom(text, start) < text.length()) {
            return null;
        }
        return digits <= SURELY_LONG ? (Long) Long.parseLong(text) : integerOf19(text);
    }

    /**
     * The double that the text means: an integer exactly, a fraction to at most 17 digits, which is what programs print of a
     * double. Null: there is none, or the text is no number.
     */
    static @Nullable Double floating(String text) {
        if (text.length() > LONGEST || !isDecimal(text)) {
            return null;
        }
        var number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            return null;
        }
        var isPlain = text.length() <= SURELY_DOUBLE && text.indexOf('e') < 0 && text.indexOf('E') < 0;
        return isPlain || isPrintOf(number, text) ? number : null;
    }

    private static boolean isPrintOf(double number, String text) {
        var exact = new BigDecimal(text);
        if (exact.compareTo(BigDecimal.valueOf(number)) == 0) {
            return true;
        }
        return exact.scale() > 0 && exact.precision() <= DOUBLE_PRINT && Math.abs(number) >= Double.MIN_NORMAL;
    }

    /** Null: it is no number, or an absurd one. */
    static @Nullable BigDecimal decimal(String text) {
        return text.length() <= LONGEST && isDecimal(text) && Double.isFinite(Double.parseDouble(text))
                ? new BigDecimal(text)
                : null;
    }

    /** With all its digits, at most a thousand before the point and after it, as events have them. Null: it is no number, or has more. */
    static @Nullable BigDecimal exact(String text) {
        if (text.length() > MOST_DIGITS || !isDecimal(text)) {
            return null;
        }
        var number = new BigDecimal(text);
        return Math.abs((long) number.scale()) <= MOST_DIGITS ? number : null;
    }

    /** Digits, perhaps a fraction, perhaps an exponent. */
    private static boolean isDecimal(String text) {
        var start = text.charAt(0) == '-' ? 1 : 0;
        var at = digitsFrom(text, start);
        if (at == start || !isCanonical(text, start)) {
            return false;
        }
        if (at < text.length() && text.charAt(at) == '.') {
            var end = digitsFrom(text, at + 1);
            if (end == at + 1) {
                return false;
            }
            at = end;
        }
        return at == text.length() || isExponent(text, at);
    }

    private static boolean isExponent(String text, int from) {
        if (text.charAt(from) != 'e' && text.charAt(from) != 'E') {
            return false;
        }
        var isSigned = from + 1 < text.length() && (text.charAt(from + 1) == '-' || text.charAt(from + 1) == '+');
        var start = from + (isSigned ? 2 : 1);
        var digits = text.length() - start;
        return digits > 0 && digits <= 3 && digitsFrom(text, start) == text.length();
    }

    private static boolean isCanonical(String text, int start) {
        var isZero = text.length() > start && text.charAt(start) == '0';
        if (!isZero) {
            return true;
        }
        var isAlone = text.length() == start + 1;
        return isAlone ? start == 0 : !isDigit(text.charAt(start + 1));
    }

    private static @Nullable Long integerOf19(String text) {
        var exact = new BigDecimal(text);
        return exact.toBigInteger().bitLength() < Long.SIZE ? (Long) exact.longValueExact() : null;
    }

    private static int digitsFrom(String text, int start) {
        var end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
