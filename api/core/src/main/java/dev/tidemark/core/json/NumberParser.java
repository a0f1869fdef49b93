package dev.tidemark.core.json;

import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;

/** Reads numbers, exactly. */
final class NumberParser {

    /** Digits that fit into a long, whatever they are. */
    private static final int SAFE_DIGITS = 18;

    private static final long[] POWERS_OF_TEN = LongStream.iterate(1, power -> power * 10)
            .limit(JsonNumbers.EXACT_DIGITS)
            .toArray();

    private final JsonBytes json;
    private final int mostCharacters;

    NumberParser(JsonBytes json, int mostCharacters) {
        this.json = json;
        this.mostCharacters = mostCharacters;
    }

    /** The number that begins here. */
    Number number() throws SpoiledException, NotJsonException {
        var from = json.at();
        var isNegative = json.peek() == '-';
        if (isNegative) {
            json.take();
        }
        var digitsFrom = json.at();
        var whole = integerPart();
        if (json.peek() == '.') {
            return fraction(from, whole, isNegative);
        }
        if (hasExponent()) {
            return exact(from, false);
        }
        if (json.at() - digitsFrom <= SAFE_DIGITS) {
            return isNegative ? -whole : whole;
        }
        return exact(from, true);
    }

    /** Integers and powers of ten that a double holds exactly give, divided, the double that is nearest to the decimal. */
    private Number fraction(int from, long whole, boolean isNegative) throws SpoiledException, NotJsonException {
        json.take();
        var digitsFrom = json.at();
        var decimals = digits("a digit is expected after the point.");
        var count = json.at() - digitsFrom;
        if (hasExponent() || json.at() - from > JsonNumbers.EXACT_DIGITS) {
            return exact(from, false);
        }
        var power = POWERS_OF_TEN[count];
        var value = (double) (whole * power + decimals) / power;
        return isNegative ? -value : value;
    }

    /** Takes the exponent, when there is one. */
    private boolean hasExponent() throws NotJsonException {
        if (json.peek() != 'e' && json.peek() != 'E') {
            return false;
        }
        json.take();
        if (json.peek() == '+' || json.peek() == '-') {
            json.take();
        }
        digits("a digit is expected in the exponent.");
        return true;
    }

    /** Its value, when it has few digits. */
    private long integerPart() throws SpoiledException, NotJsonException {
        return switch (json.peek()) {
            case '0' -> {
                json.take();
                yield 0;
            }
            case 'N' -> throw notFinite("NaN");
            case 'I' -> throw notFinite("Infinity");
            default -> digits("a value is expected here.");
        };
    }

    /** No JSON, but what some languages write of their numbers, such as Python; their SDKs drop a batch that is refused. */
    private SpoiledException notFinite(String word) throws NotJsonException {
        json.takeWord(word, null);
        return new SpoiledException(
                "not_finite", "", "JSON has no number that is NaN or Infinity: leave it out, or send null.");
    }

    private long digits(String expectation) throws NotJsonException {
        var bytes = json.bytes();
        var from = json.at();
        var value = 0L;
        var i = from;
        while (i < json.end() && bytes[i] >= '0' && bytes[i] <= '9') {
            value = value * 10 + (bytes[i++] - '0');
        }
        json.moveTo(i);
        if (i == from) {
            throw json.error(expectation);
        }
        return value;
    }

    private Number exact(int from, boolean isInteger) throws SpoiledException {
        var length = json.at() - from;
        if (length > mostCharacters) {
            throw new SpoiledException(
                    "number_too_long", "", "A number may have " + mostCharacters + " digits: send it as a string.");
        }
        var text = new String(json.bytes(), from, length, StandardCharsets.ISO_8859_1);
        try {
            return isInteger ? JsonNumbers.integer(text) : JsonNumbers.decimal(text);
        } catch (NumberFormatException e) {
            throw new SpoiledException(
                    "number_too_large",
                    "",
                    "A number's exponent may be " + JsonLimits.EXPONENT + " at most: send it as a string.");
        }
    }
}
