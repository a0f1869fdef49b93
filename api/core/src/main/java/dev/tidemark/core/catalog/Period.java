package dev.tidemark.core.catalog;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * The time that one partition covers: a month or a year in UTC.
 *
 * @param name what distinguishes the partition's name: {@code 2026} or {@code 202601}
 * @param end excluded
 */
record Period(String name, Instant start, Instant end) {

    static Period monthOf(Instant time) {
        var month = YearMonth.from(time.atOffset(ZoneOffset.UTC));
        var name = String.format(Locale.ROOT, "%04d%02d", month.getYear(), month.getMonthValue());
        return new Period(
                name, startOf(month.atDay(1)), startOf(month.plusMonths(1).atDay(1)));
    }

    static Period yearOf(Instant time) {
        var year = year(time);
        var name = String.format(Locale.ROOT, "%04d", year);
        return new Period(name, startOf(LocalDate.of(year, 1, 1)), startOf(LocalDate.of(year + 1, 1, 1)));
    }

    static int year(Instant time) {
        return time.atOffset(ZoneOffset.UTC).getYear();
    }

    boolean covers(Instant time) {
        return !time.isBefore(start) && time.isBefore(end);
    }

    private static Instant startOf(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
