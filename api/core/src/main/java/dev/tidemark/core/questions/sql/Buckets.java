package dev.tidemark.core.questions.sql;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Grouping.ByBucket;
import dev.tidemark.spi.SqlColumn;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlFragment.Parameter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The stretches of time of one grouping: the key by which PostgreSQL groups, and the instants of keys.
 *
 * <p>Both kinds go by the clock on the wall. They differ where the clock is set back: a {@link LocalBuckets} goes on
 * through the repeated time, a {@link ClockBuckets} ends and another begins.
 */
public sealed interface Buckets permits LocalBuckets, ClockBuckets {

    /** A Monday before every event: {@code date_bin}, twice as fast as {@code date_trunc}, counts from it. */
    SqlFragment ORIGIN = sql("timestamp '0001-01-01'");

    /** Longer than any clock was ever set by. */
    Duration LONGEST_SET = Duration.ofHours(24);

    /** @param grouping checked by {@link GroupingSql} */
    static Buckets of(ByBucket grouping) {
        var isShort = switch (grouping.unit()) {
            case SECOND, MINUTE -> true;
            case HOUR -> grouping.every() == 1;
            case DAY, WEEK, MONTH, QUARTER, YEAR -> false;
        };
        return isShort ? ClockBuckets.of(grouping) : new LocalBuckets(grouping);
    }

    ByBucket grouping();

    /** What PostgreSQL groups by: equal for all instants of a bucket and for no other, and ordered as they are. */
    SqlFragment key(SqlColumn column);

    /** Whether a row is in the bucket that starts then: by its key, and between bounds that choose partitions and indexes. */
    default SqlFragment isIn(SqlColumn column, Instant start) {
        var same = sql("{} = {}", key(column), key(column.as(value(column, start))));
        return column.type() == ColumnType.DATE
                ? same
                : sql(
                        "{} >= {} and {} < {} and {}",
                        column.expression(),
                        value(column, start.minus(LONGEST_SET)),
                        column.expression(),
                        value(column, next(start).plus(LONGEST_SET)),
                        same);
    }

    /** When the bucket with that key starts. */
    Instant start(Object key);

    /** When the bucket starts that the instant is in. */
    Instant startBefore(Instant instant);

    /** When the bucket after the one with that start starts. */
    Instant next(Instant start);

    private SqlFragment value(SqlColumn column, Instant instant) {
        return SqlFragment.value(
                column.type() == ColumnType.DATE
                        ? new Parameter(
                                ColumnType.DATE,
                                LocalDate.ofInstant(instant, grouping().zone()))
                        : new Parameter(ColumnType.TIMESTAMP, instant));
    }

    /** The clock's time in the zone. */
    static SqlFragment local(SqlColumn column, ZoneId zone) {
        return column.type() == ColumnType.DATE
                ? sql("{}::timestamp", column.expression())
                : SqlFragment.local(column.expression(), zone);
    }
}
