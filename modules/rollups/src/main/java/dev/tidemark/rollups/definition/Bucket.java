package dev.tidemark.rollups.definition;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.Grouping.TimeUnit;
import dev.tidemark.spi.SqlFragment;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.function.LongUnaryOperator;

/**
 * How long the buckets of a rollup are.
 *
 * @param unit MINUTE, HOUR or DAY
 * @param every so many make a bucket; more than 1 only for minutes, and a whole part of 60
 * @param zone in which days begin; minutes and hours are counted in UTC
 */
public record Bucket(TimeUnit unit, int every, ZoneId zone) {

    /** The moment that stands for the bucket of another: its beginning, or, where clocks are set at midnight, within it. */
    public SqlFragment of(SqlFragment time) {
        return unit == TimeUnit.DAY
                ? sql("date_trunc('day', {}, {})", time, SqlFragment.zone(zone))
                : sql(
                        "date_bin(make_interval(mins => {}::integer), {}, timestamptz '2000-01-01T00:00:00Z')",
                        SqlFragment.number(length().toMinutes()),
                        time);
    }

    /** What SQL reads of a moment, and {@link #begin} makes the bucket of. Only PostgreSQL knows when days begin for it. */
    public SqlFragment read(SqlFragment time) {
        return unit == TimeUnit.DAY ? of(time) : time;
    }

    /** The same as {@link #of}, of what was {@link #read}: both are microseconds since 2000. */
    public LongUnaryOperator begin() {
        if (unit == TimeUnit.DAY) {
            return LongUnaryOperator.identity();
        }
        long micros = length().dividedBy(ChronoUnit.MICROS.getDuration());
        return time -> time - Math.floorMod(time, micros);
    }

    /** The beginning of the bucket of a moment. */
    public Instant floor(Instant moment) {
        return unit == TimeUnit.DAY
                ? moment.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant()
                : Instant.ofEpochSecond(
                        Math.floorDiv(moment.getEpochSecond(), length().toSeconds()) * length().toSeconds());
    }

    /** What holds for what happened in buckets, so that an index can be used; and maybe for more near by. */
    public SqlFragment around(Span buckets) {
        var margin = unit == TimeUnit.DAY ? Duration.ofDays(1) : Duration.ZERO;
        return sql(
                "_time >= {} and _time < {}",
                Moments.sql(buckets.from().minus(margin)),
                Moments.sql(buckets.to().plus(length()).plus(margin)));
    }

    /** That of an ordinary one: days may be longer or shorter by what a clock is set. */
    public Duration length() {
        return switch (unit) {
            case MINUTE -> Duration.ofMinutes(every);
            case HOUR -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }
}
