package dev.tidemark.core.questions.sql;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.Grouping.ByBucket;
import dev.tidemark.spi.SqlColumn;
import dev.tidemark.spi.SqlFragment;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * An hour and shorter: the key is the instant, less what the clock shows as past of the bucket. Where the clock was set
 * amid the bucket, the key lies before that, in another bucket.
 *
 * @param length at most an hour, and a whole part of it
 */
record ClockBuckets(ByBucket grouping, ZoneId zone, Duration length) implements Buckets {

    static ClockBuckets of(ByBucket grouping) {
        var unit = switch (grouping.unit()) {
            case SECOND -> Duration.ofSeconds(1);
            case MINUTE -> Duration.ofMinutes(1);
            default -> Duration.ofHours(1);
        };
        return new ClockBuckets(grouping, grouping.zone(), unit.multipliedBy(grouping.every()));
    }

    @Override
    public SqlFragment key(SqlColumn column) {
        return grouping.every() == 1 && !zone.getRules().isFixedOffset() ? one(column) : several(column);
    }

    private SqlFragment one(SqlColumn column) {
        var zoneName = SqlFragment.zone(zone);
        return switch (grouping.unit()) {
            case SECOND -> sql("date_trunc('second', {}, {})", column.expression(), zoneName);
            case MINUTE -> sql("date_trunc('minute', {}, {})", column.expression(), zoneName);
            default -> sql("date_trunc('hour', {}, {})", column.expression(), zoneName);
        };
    }

    private SqlFragment several(SqlColumn column) {
        var local = Buckets.local(column, zone);
        return sql(
                "{} - ({} - date_bin(make_interval(secs => {}::integer), {}, {}))",
                column.expression(),
                local,
                SqlFragment.number(length.toSeconds()),
                local,
                Buckets.ORIGIN);
    }

    @Override
    public Instant start(Object key) {
        var instant = (Instant) key;
        if (key(instant).equals(instant)) {
            return instant;
        }
        var set = zone.getRules().nextTransition(instant);
        return set == null ? instant : set.getInstant();
    }

    @Override
    public Instant startBefore(Instant instant) {
        return start(key(instant));
    }

    @Override
    public Instant next(Instant start) {
        var key = key(start);
        var end = key.plus(length);
        var set = zone.getRules().nextTransition(start);
        return set != null
                        && set.getInstant().isBefore(end)
                        && !key(set.getInstant()).equals(key)
                ? set.getInstant()
                : end;
    }

    private Instant key(Instant instant) {
        var local = instant.atZone(zone).toLocalTime().toNanoOfDay();
        return instant.minusNanos(local % length.toNanos());
    }
}
