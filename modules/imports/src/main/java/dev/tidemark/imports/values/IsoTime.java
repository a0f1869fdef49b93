package dev.tidemark.imports.values;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates and instants as ISO 8601 and databases write them, strictly. Without exceptions on the way: every value of a
 * file may be tried.
 */
final class IsoTime {

    private static final int DATE_LENGTH = "2026-01-31".length();
    private static final int MINUTE_LENGTH = "2026-01-31T12:34".length();
    private static final int SECOND_LENGTH = "2026-01-31T12:34:56".length();
    private static final int NANO_DIGITS = 9;
    private static final int NONE = -1;

    private IsoTime() {}

    /** A date such as {@code 2026-01-31}. Null: it is none. */
    static @Nullable LocalDate date(String text) {
        return text.length() == DATE_LENGTH ? leadingDate(text) : null;
    }

    /**
     * An instant such as {@code 2026-01-31T12:34:56.789+01:00}; a blank may stand for the T, the seconds may be missing, and
     * so may the zone.
     *
     * @param zone whose clock shows the time when it names no zone itself
     * @return null: it is none
     */
    static @Nullable Instant instant(String text, ZoneId zone) {
        if (text.length() < MINUTE_LENGTH || " Tt".indexOf(text.charAt(DATE_LENGTH)) < 0 || text.charAt(13) != ':') {
            return null;
        }
        var date = leadingDate(text);
        var hour = digits(text, DATE_LENGTH + 1, 2);
        var minute = digits(text, 14, 2);
        var hasSeconds = text.length() >= SECOND_LENGTH && text.charAt(MINUTE_LENGTH) == ':';
        var second = hasSeconds ? digits(text, MINUTE_LENGTH + 1, 2) : 0;
        if (date == null || !isWithin(hour, 23) || !isWithin(minute, 59) || !isWithin(second, 59)) {
            return null;
        }
        var fractionDigits = hasSeconds ? fractionDigits(text) : 0;
        var zoneAt = hasSeconds ? SECOND_LENGTH + (fractionDigits == 0 ? 0 : 1 + fractionDigits) : MINUTE_LENGTH;
        var given = zoneAt == text.length() ? zone : offset(text, zoneAt);
        if (fractionDigits > NANO_DIGITS || given == null) {
            return null;
        }
        return date.atTime(LocalTime.of(hour, minute, second, nanos(text, fractionDigits)))
                .atZone(given)
                .toInstant();
    }

    private static @Nullable LocalDate leadingDate(String text) {
        var year = digits(text, 0, 4);
        var month = digits(text, 5, 2);
        var day = digits(text, 8, 2);
        if (text.charAt(4) != '-' || text.charAt(7) != '-' || year < 1 || month < 1 || month > 12 || day < 1) {
            return null;
        }
        return day > 28 && day > YearMonth.of(year, month).lengthOfMonth() ? null : LocalDate.of(year, month, day);
    }

    private static int fractionDigits(String text) {
        if (text.length() == SECOND_LENGTH || text.charAt(SECOND_LENGTH) != '.') {
            return 0;
        }
        var end = SECOND_LENGTH + 1;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end - SECOND_LENGTH - 1;
    }

    private static int nanos(String text, int fractionDigits) {
        var nanos = fractionDigits == 0 ? 0 : digits(text, SECOND_LENGTH + 1, fractionDigits);
        for (var i = fractionDigits; i < NANO_DIGITS; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    /** {@code Z}, {@code +01}, {@code +01:00} or {@code +0100}, to the end of the text. */
    private static @Nullable ZoneOffset offset(String text, int from) {
        var length = text.length() - from;
        var sign = text.charAt(from);
        if (length == 1 && (sign == 'Z' || sign == 'z')) {
            return ZoneOffset.UTC;
        }
        var colon = length == 6 && text.charAt(from + 3) == ':';
        if ((sign != '+' && sign != '-') || !(length == 3 || length == 5 || colon)) {
            return null;
        }
        var hours = digits(text, from + 1, 2);
        var minutes = length == 3 ? 0 : digits(text, from + (colon ? 4 : 3), 2);
        if (!isWithin(hours, 17) || !isWithin(minutes, 59)) {
            return null;
        }
        return ZoneOffset.ofTotalSeconds((sign == '-' ? -1 : 1) * (hours * 3_600 + minutes * 60));
    }

    private static int digits(String text, int from, int count) {
        var number = 0;
        for (var i = from; i < from + count; i++) {
            var digit = text.charAt(i);
            if (!isDigit(digit)) {
                return NONE;
            }
            number = number * 10 + (digit - '0');
        }
        return number;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isWithin(int number, int most) {
        return number >= 0 && number <= most;
    }
}
