package dev.tidemark.core.catalog.types;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * Reads instants and dates out of text that is mostly neither: strictly, and without exceptions, since every new value is
 * tried.
 */
public final class IsoText {

    static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private static final int DATE = 10;
    private static final int DATE_AND_TIME = 19;
    private static final int SHORTEST = DATE_AND_TIME + 1;
    private static final int MICROSECONDS = 6;
    private static final int FURTHEST_ZONE_HOURS = 18;

    private IsoText() {}

    /**
     * An instant as RFC 3339 writes it, such as {@code 2020-01-02T03:04:05.678901+01:00}: with a zone, in the years 1 to
     * 9999, no leap second, no 24:00, at most microseconds. Null: it is none.
     */
    public static @Nullable Instant instant(String text) {
        return instant(text, MICROSECONDS);
    }

    /** The same for a time with any number of decimals, of which those beyond microseconds are cut off. */
    public static @Nullable Instant instantCutToMicroseconds(String text) {
        return instant(text, Integer.MAX_VALUE);
    }

    private static @Nullable Instant instant(String text, int mostDecimals) {
        if (text.length() < SHORTEST || text.charAt(4) != '-' || text.charAt(DATE) != 'T') {
            return null;
        }
        var date = dateAtStart(text);
        var second = secondOfDay(text);
        var zoneAt = endOfFraction(text, mostDecimals);
        if (date == null || second < 0 || zoneAt < 0) {
            return null;
        }
        var offset = zoneSeconds(text, zoneAt);
        if (offset == Integer.MIN_VALUE) {
            return null;
        }
        var instant = Instant.ofEpochSecond(date.toEpochDay() * 86_400 + second - offset, nanoseconds(text, zoneAt));
        return instant.isBefore(EARLIEST) || instant.isAfter(LATEST) ? null : instant;
    }

    /** A date such as {@code 2020-01-02}, in the years 1 to 9999. Null: it is none. */
    public static @Nullable LocalDate date(String text) {
        return text.length() == DATE ? dateAtStart(text) : null;
    }

    private static @Nullable LocalDate dateAtStart(String text) {
        if (text.charAt(4) != '-' || text.charAt(7) != '-') {
            return null;
        }
        var year = number(text, 0, 4);
        var month = number(text, 5, 7);
        var day = number(text, 8, DATE);
        if (year < 1 || month < 1 || month > 12 || day < 1) {
            return null;
        }
        return YearMonth.of(year, month).isValidDay(day) ? LocalDate.of(year, month, day) : null;
    }

    private static int secondOfDay(String text) {
        var hour = number(text, 11, 13);
        var minute = number(text, 14, 16);
        var second = number(text, 17, DATE_AND_TIME);
        var isTime = text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && hour >= 0
                && hour < 24
                && minute >= 0
                && minute < 60
                && second >= 0
                && second < 60;
        return isTime ? (hour * 60 + minute) * 60 + second : -1;
    }

    /** Where the zone starts; -1: what is between is no fraction of a second. */
    private static int endOfFraction(String text, int mostDecimals) {
        if (text.charAt(DATE_AND_TIME) != '.') {
            return DATE_AND_TIME;
        }
        var end = DATE_AND_TIME + 1;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        var digits = end - DATE_AND_TIME - 1;
        return digits >= 1 && digits <= mostDecimals ? end : -1;
    }

    private static int nanoseconds(String text, int zoneAt) {
        if (zoneAt == DATE_AND_TIME) {
            return 0;
        }
        var kept = Math.min(zoneAt - DATE_AND_TIME - 1, MICROSECONDS);
        var nanoseconds = number(text, DATE_AND_TIME + 1, DATE_AND_TIME + 1 + kept);
        for (int digits = kept; digits < 9; digits++) {
            nanoseconds *= 10;
        }
        return nanoseconds;
    }

    /** East of Greenwich; {@link Integer#MIN_VALUE}: the rest of the text is no zone. */
    private static int zoneSeconds(String text, int at) {
        if (at + 1 == text.length() && text.charAt(at) == 'Z') {
            return 0;
        }
        if (at + 6 != text.length() || text.charAt(at + 3) != ':') {
            return Integer.MIN_VALUE;
        }
        var sign = text.charAt(at);
        var hours = number(text, at + 1, at + 3);
        var minutes = number(text, at + 4, at + 6);
        if ((sign != '+' && sign != '-') || hours < 0 || hours > FURTHEST_ZONE_HOURS || minutes < 0 || minutes > 59) {
            return Integer.MIN_VALUE;
        }
        var seconds = (hours * 60 + minutes) * 60;
        return sign == '-' ? -seconds : seconds;
    }

    /** The digits as a number; -1: something else is among them. */
    private static int number(String text, int from, int to) {
        var number = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                return -1;
            }
            number = number * 10 + (text.charAt(i) - '0');
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
