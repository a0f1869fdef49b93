package dev.tidemark.spi;

import java.time.ZoneId;

/** What rows are grouped by. */
public sealed interface Grouping {

    /** The key of the group's value in the answer; unique in a question. */
    String name();

    /** The column whose values group rows. */
    String column();

    /** By the value of a column; rows without one are a group of their own. */
    record ByColumn(String name, String column) implements Grouping {}

    /**
     * By stretches of local time: days begin at midnight of the zone, weeks on Monday. The value is the instant at which
     * the bucket starts.
     *
     * @param every so many units make a bucket; more than 1 only for seconds, minutes and hours, counted from local
     *     midnight, and it must divide the next unit
     */
    record ByBucket(String name, String column, TimeUnit unit, int every, ZoneId zone) implements Grouping {}

    /** By a number on the calendar or clock of the zone. */
    record ByPart(String name, String column, DatePart part, ZoneId zone) implements Grouping {}

    enum TimeUnit {
        SECOND,
        MINUTE,
        HOUR,
        DAY,
        WEEK,
        MONTH,
        QUARTER,
        YEAR
    }

    enum DatePart {
        HOUR_OF_DAY,
        DAY_OF_WEEK,
        DAY_OF_MONTH,
        WEEK_OF_YEAR,
        MONTH_OF_YEAR
    }
}
