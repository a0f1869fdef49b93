package dev.tidemark.retention;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.SqlFragment;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** The days, weeks or months of a zone, numbered without gaps; number 0 is the one that the first Monday of 1970 is in. */
record Calendar(Unit unit, ZoneId zone) {

    private static final LocalDate MONDAY = LocalDate.of(1970, 1, 5);
    private static final LocalDate MONTH = LocalDate.of(1970, 1, 1);

    enum Unit {
        DAY,
        WEEK,
        MONTH
    }

    /** The number of the unit that a time is in. */
    SqlFragment unit(SqlFragment time) {
        var local = SqlFragment.local(time, zone);
        return switch (unit) {
            case DAY -> sql("({}::date - date '1970-01-05')", local);
            // from a Monday before every event, since a division rounds towards zero
            case WEEK ->
                sql("(({}::date - date '0001-01-01') / 7 - (date '1970-01-05' - date '0001-01-01') / 7)", local);
            case MONTH ->
                sql("((extract(year from {}) - 1970) * 12 + extract(month from {}) - 1)::integer", local, local);
        };
    }

    int unit(Instant time) {
        var day = LocalDate.ofInstant(time, zone);
        return Math.toIntExact(
                switch (unit) {
                    case DAY -> ChronoUnit.DAYS.between(MONDAY, day);
                    case WEEK -> Math.floorDiv(ChronoUnit.DAYS.between(MONDAY, day), 7L);
                    case MONTH -> ChronoUnit.MONTHS.between(MONTH, day.withDayOfMonth(1));
                });
    }

    /** When a unit begins: where the clock skips midnight, as it skips. */
    Instant start(long number) {
        var day = switch (unit) {
            case DAY -> MONDAY.plusDays(number);
            case WEEK -> MONDAY.plusWeeks(number);
            case MONTH -> MONTH.plusMonths(number);
        };
        return day.atStartOfDay(zone).toInstant();
    }
}
