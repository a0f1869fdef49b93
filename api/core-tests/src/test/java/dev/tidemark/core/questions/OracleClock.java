package dev.tidemark.core.questions;

import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.Earlier;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Filter.Comparison;
import dev.tidemark.spi.Grouping.ByBucket;
import dev.tidemark.spi.Measure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Moves what the oracle is asked back in time, as plainly as can be. */
final class OracleClock {

    private final Aggregate question;
    private final Earlier earlier;
    private final TemporalAmount back;

    OracleClock(Aggregate question, Earlier earlier) {
        this.question = question;
        this.earlier = earlier;
        var bounds = bounds(question.filter(), earlier.column());
        this.back = earlier.back()
                .<TemporalAmount>map(given -> given)
                .orElseGet(() -> between(bounds.getFirst(), bounds.getLast(), earlier.zone()));
    }

    /** The instants that {@code >=} and {@code <} of a column name at the top of a filter; none when there are none. */
    static List<Instant> bounds(Filter filter, String column) {
        return switch (filter) {
            case Filter.And and ->
                and.filters().stream()
                        .flatMap(inner -> bounds(inner, column).stream())
                        .toList();
            case Filter.Compare compare
            when compare.column().equals(column)
                    && Stream.of(Comparison.GTE, Comparison.LT).anyMatch(compare.comparison()::equals) ->
                List.of((Instant) compare.value());
            default -> List.of();
        };
    }

    private static TemporalAmount between(Instant first, Instant end, ZoneId zone) {
        var shown = Stream.of(first, end).map(at -> local(at, zone)).toList();
        var areMonths = shown.stream()
                .allMatch(at -> at.getDayOfMonth() == 1 && at.toLocalTime().equals(LocalTime.MIDNIGHT));
        if (areMonths) {
            return Period.ofMonths((int) ChronoUnit.MONTHS.between(shown.getFirst(), shown.getLast()));
        }
        var length = Duration.between(shown.getFirst(), shown.getLast());
        return length.isPositive() ? length : Duration.between(first, end);
    }

    private static LocalDateTime local(Instant instant, ZoneId zone) {
        var shown = LocalDateTime.ofInstant(instant, zone);
        var midnight = shown.toLocalDate().atStartOfDay();
        return midnight.atZone(zone).toInstant().equals(instant) ? midnight : shown;
    }

    private Instant moved(Instant instant, ZoneId zone) {
        var offset = zone.getRules().getOffset(instant);
        return ZonedDateTime.ofLocal(local(instant, zone).minus(back), zone, offset)
                .toInstant();
    }

    private Instant movedEnd(Instant end) {
        var shown = local(end, earlier.zone());
        var before = shown.minus(back);
        var isLacking = before.getDayOfMonth() < shown.getDayOfMonth()
                && before.plus(back).isBefore(shown);
        return isLacking && shown.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? before.plusDays(1).atZone(earlier.zone()).toInstant()
                : moved(end, earlier.zone());
    }

    List<@Nullable Object> moved(List<@Nullable Object> key) {
        var moved = new ArrayList<@Nullable Object>(key);
        for (int i = 0; i < key.size(); i++) {
            if (key.get(i) instanceof Instant start
                    && question.groupings().get(i) instanceof ByBucket by
                    && by.column().equals(earlier.column())) {
                moved.set(i, Oracle.bucket(by, moved(start, by.zone())));
            }
        }
        return moved;
    }

    Filter moved(Filter filter) {
        return switch (filter) {
            case Filter.And and ->
                new Filter.And(and.filters().stream().map(this::moved).toList());
            case Filter.Or or ->
                new Filter.Or(or.filters().stream().map(this::moved).toList());
            case Filter.Not not -> new Filter.Not(moved(not.filter()));
            case Filter.Compare compare
            when compare.column().equals(earlier.column()) ->
                new Filter.Compare(
                        compare.column(),
                        compare.comparison(),
                        compare.comparison() == Filter.Comparison.LT
                                ? movedEnd((Instant) compare.value())
                                : moved((Instant) compare.value(), earlier.zone()));
            default -> filter;
        };
    }

    /** The question with its measures moved. */
    Aggregate moved(Aggregate asked) {
        return Aggregate.of(
                        asked.relations(),
                        asked.filter(),
                        asked.measures().stream().map(this::moved).toList())
                .by(asked.groupings());
    }

    private Measure moved(Measure measure) {
        return switch (measure) {
            case Measure.Filtered by -> new Measure.Filtered(moved(by.measure()), moved(by.filter()));
            case Measure.Ratio by -> new Measure.Ratio(by.name(), moved(by.dividend()), moved(by.divisor()));
            default -> measure;
        };
    }
}
