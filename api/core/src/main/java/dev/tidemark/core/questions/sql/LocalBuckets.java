package dev.tidemark.core.questions.sql;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.Grouping.ByBucket;
import dev.tidemark.spi.SqlColumn;
import dev.tidemark.spi.SqlFragment;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;

/** Days and longer, and several hours: the key is the local time at which the bucket starts. */
record LocalBuckets(ByBucket grouping) implements Buckets {

    @Override
    public SqlFragment key(SqlColumn column) {
        var local = Buckets.local(column, grouping.zone());
        return switch (grouping.unit()) {
            case SECOND, MINUTE, HOUR ->
                sql(
                        "date_bin(make_interval(hours => {}::integer), {}, {})",
                        SqlFragment.number(grouping.every()),
                        local,
                        Buckets.ORIGIN);
            case DAY -> sql("date_bin(interval '1 day', {}, {})", local, Buckets.ORIGIN);
            case WEEK -> sql("date_bin(interval '7 days', {}, {})", local, Buckets.ORIGIN);
            case MONTH -> sql("date_trunc('month', {})", local);
            case QUARTER -> sql("date_trunc('quarter', {})", local);
            case YEAR -> sql("date_trunc('year', {})", local);
        };
    }

    /** Where the clock skips the start, the bucket starts as it skips; where it shows it twice, at the first time. */
    @Override
    public Instant start(Object key) {
        var local = (LocalDateTime) key;
        var skipped = grouping.zone().getRules().getTransition(local);
        return skipped != null && skipped.isGap()
                ? skipped.getInstant()
                : local.atZone(grouping.zone()).toInstant();
    }

    @Override
    public Instant startBefore(Instant instant) {
        return start(floor(LocalDateTime.ofInstant(instant, grouping.zone())));
    }

    @Override
    public Instant next(Instant start) {
        var key = later(floor(LocalDateTime.ofInstant(start, grouping.zone())));
        while (!start(key).isAfter(start)) {
            key = later(key);
        }
        return start(key);
    }

    private LocalDateTime floor(LocalDateTime local) {
        var day = local.truncatedTo(ChronoUnit.DAYS);
        return switch (grouping.unit()) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            case QUARTER -> day.with(IsoFields.DAY_OF_QUARTER, 1);
            case YEAR -> day.withDayOfYear(1);
            case SECOND, MINUTE, HOUR -> day.withHour(local.getHour() / grouping.every() * grouping.every());
        };
    }

    private LocalDateTime later(LocalDateTime key) {
        return switch (grouping.unit()) {
            case DAY -> key.plusDays(1);
            case WEEK -> key.plusWeeks(1);
            case MONTH -> key.plusMonths(1);
            case QUARTER -> key.plusMonths(3);
            case YEAR -> key.plusYears(1);
            case SECOND, MINUTE, HOUR -> key.plusHours(grouping.every());
        };
    }
}
