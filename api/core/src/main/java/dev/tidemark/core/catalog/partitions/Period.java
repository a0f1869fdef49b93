package dev.tidemark.core.catalog.partitions;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * The time that one partition covers, in UTC. Periods nest: of two, either one lies within the other, or they are apart.
 *
 * @param name the partition's; of one that is not made yet what distinguishes it: {@code 2026}, {@code 202601}, {@code
 *     20260131}, {@code 2026013123} or {@code 202601312355}
 * @param end excluded
 */
public record Period(String name, Instant start, Instant end) {

    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    static Period of(PartitionWidth width, Instant time) {
        return switch (width) {
            case MONTH -> monthOf(time);
            case DAY -> of("yyyyMMdd", time.truncatedTo(ChronoUnit.DAYS), Duration.ofDays(1));
            case HOUR -> of("yyyyMMddHH", time.truncatedTo(ChronoUnit.HOURS), Duration.ofHours(1));
            case FIVE_MINUTES -> {
                var seconds = Math.floorDiv(time.getEpochSecond(), FIVE_MINUTES.toSeconds());
                yield of("yyyyMMddHHmm", Instant.ofEpochSecond(seconds * FIVE_MINUTES.toSeconds()), FIVE_MINUTES);
            }
        };
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

    private static Period monthOf(Instant time) {
        var month = YearMonth.from(time.atOffset(ZoneOffset.UTC));
        var name = String.format(Locale.ROOT, "%04d%02d", month.getYear(), month.getMonthValue());
        return new Period(
                name, startOf(month.atDay(1)), startOf(month.plusMonths(1).atDay(1)));
    }

    private static Period of(String pattern, Instant start, Duration length) {
        var format = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
        return new Period(format.format(start), start, start.plus(length));
    }

    private static Instant startOf(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
