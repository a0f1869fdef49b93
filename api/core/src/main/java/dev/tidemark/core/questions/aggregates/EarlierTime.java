package dev.tidemark.core.questions.aggregates;

import dev.tidemark.core.questions.sql.Buckets;
import dev.tidemark.core.questions.sql.GroupingSql;
import dev.tidemark.core.questions.sql.SqlColumns;
import dev.tidemark.core.questions.sql.TimeBounds;
import dev.tidemark.core.questions.sql.Values;
import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Earlier;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Grouping;
import dev.tidemark.spi.Grouping.ByBucket;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.SqlColumn;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A question moved back in time.
 *
 * @param time the column that is moved
 * @param back how far the clock of the zone is moved back
 */
record EarlierTime(Aggregate asked, SqlColumns columns, SqlColumn time, ZoneId zone, TemporalAmount back) {

    /** @throws CallerException when the filter does not bound the column on both sides */
    static EarlierTime of(Aggregate asked, Earlier earlier, SqlColumns columns) {
        var time = new GroupingSql(columns).time(earlier.column(), "compare");
        var bounds = TimeBounds.of(asked.filter(), columns, time, earlier.zone());
        if (bounds.first().isEmpty() || bounds.end().isEmpty()) {
            throw refused("A comparison needs to know from when to when: add gte and lt of \"%s\" to where.", time);
        }
        var first = bounds.first().get();
        var end = bounds.end().get();
        if (!first.isBefore(end)) {
            throw refused("The bounds of \"%s\" in where leave no time to compare.", time);
        }
        var back =
                earlier.back().<TemporalAmount>map(given -> given).orElseGet(() -> between(first, end, earlier.zone()));
        return new EarlierTime(asked, columns, time, earlier.zone(), back);
    }

    private static CallerException refused(String sentence, SqlColumn time) {
        return new CallerException(
                ErrorCode.BAD_USER_INPUT, sentence.formatted(time.column().label()), "compare");
    }

    /** On the clock, unless it was set back by more than lies between. */
    private static TemporalAmount between(Instant first, Instant end, ZoneId zone) {
        var from = local(first, zone);
        var to = local(end, zone);
        if (beginsMonth(from) && beginsMonth(to)) {
            return Period.ofMonths((int) ChronoUnit.MONTHS.between(from, to));
        }
        return from.isBefore(to) ? Duration.between(from, to) : Duration.between(first, end);
    }

    private static boolean beginsMonth(LocalDateTime local) {
        return local.getDayOfMonth() == 1 && local.toLocalTime().equals(LocalTime.MIDNIGHT);
    }

    /** The same question about the earlier time, of all groups. */
    Aggregate question() {
        return new Aggregate(
                asked.relations(),
                asked.groupings(),
                asked.measures().stream().map(this::moved).toList(),
                moved(asked.filter()),
                List.of(),
                List.of(),
                OptionalInt.empty(),
                false,
                asked.rest(),
                Optional.empty(),
                asked.approximate());
    }

    /** The group of the earlier time that corresponds to one of the later. */
    List<@Nullable Object> group(List<@Nullable Object> later) {
        var group = new ArrayList<@Nullable Object>(later);
        for (int i = 0; i < group.size(); i++) {
            group.set(i, moved(asked.groupings().get(i), group.get(i)));
        }
        return group;
    }

    /** The places of the groupings whose values stay as they are. */
    List<Integer> unmoved() {
        var groupings = asked.groupings();
        return IntStream.range(0, groupings.size())
                .filter(i -> !isMoved(groupings.get(i)))
                .boxed()
                .toList();
    }

    private boolean isMoved(Grouping grouping) {
        return grouping instanceof ByBucket bucket && isMoved(bucket.column());
    }

    private boolean isMoved(String column) {
        return columns.find(column).filter(time::equals).isPresent();
    }

    private @Nullable Object moved(Grouping grouping, @Nullable Object value) {
        return value instanceof Instant start && grouping instanceof ByBucket bucket && isMoved(grouping)
                ? Buckets.of(bucket).startBefore(moved(start, bucket.zone(), back))
                : value;
    }

    private Measure moved(Measure measure) {
        return switch (measure) {
            case Measure.Filtered(var inner, var filter) -> new Measure.Filtered(moved(inner), moved(filter));
            case Measure.Ratio(var name, var dividend, var divisor) ->
                new Measure.Ratio(name, moved(dividend), moved(divisor));
            default -> measure;
        };
    }

    private Filter moved(Filter filter) {
        return switch (filter) {
            case Filter.And(var filters) ->
                new Filter.And(filters.stream().map(this::moved).toList());
            case Filter.Or(var filters) ->
                new Filter.Or(filters.stream().map(this::moved).toList());
            case Filter.Not(var inner) -> new Filter.Not(moved(inner));
            case Filter.Compare(var column, var comparison, var value)
            when isMoved(column) ->
                new Filter.Compare(
                        column, comparison, comparison == Filter.Comparison.LT ? movedEnd(value) : moved(value));
            case Filter.In(var column, var values)
            when isMoved(column) ->
                new Filter.In(column, values.stream().map(this::moved).toList());
            case Filter.InGroup(var grouping, var value) -> new Filter.InGroup(grouping, moved(grouping, value));
            default -> filter;
        };
    }

    private Object moved(Object value) {
        return switch (Values.of(time, value, "where").value()) {
            case LocalDate date -> date.atStartOfDay().minus(back).toLocalDate();
            case Instant instant -> moved(instant, zone, back);
            case Object other -> throw new IllegalArgumentException(other + " is no time.");
        };
    }

    /** The end of a time: where its day is none of the earlier month, the last of that month is within. */
    private Object movedEnd(Object value) {
        var end = switch (Values.of(time, value, "where").value()) {
            case LocalDate date -> date.atStartOfDay();
            case Instant instant -> local(instant, zone);
            case Object other -> throw new IllegalArgumentException(other + " is no time.");
        };
        var isLacking = !end.minus(back).plus(back).equals(end);
        var isMidnight = end.toLocalTime().equals(LocalTime.MIDNIGHT);
        if (!isLacking || !isMidnight) {
            return moved(value);
        }
        var next = end.minus(back).plusDays(1);
        return moved(value) instanceof LocalDate
                ? next.toLocalDate()
                : next.atZone(zone).toInstant();
    }

    /** Back on the clock; where it shows a time twice, in the same half of the year. */
    private static Instant moved(Instant later, ZoneId zone, TemporalAmount back) {
        var local = local(later, zone).minus(back);
        return ZonedDateTime.ofLocal(local, zone, zone.getRules().getOffset(later))
                .toInstant();
    }

    /** What the clock shows; the beginning of a day is midnight, even if the clock skips that. */
    private static LocalDateTime local(Instant instant, ZoneId zone) {
        var local = LocalDateTime.ofInstant(instant, zone);
        var day = local.toLocalDate();
        return day.atStartOfDay(zone).toInstant().equals(instant) ? day.atStartOfDay() : local;
    }
}
