package dev.tidemark.core.questions;

import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Grouping.ByBucket;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Between which instants a filter lets rows pass.
 *
 * @param last the last instant itself
 */
record TimeBounds(Optional<Instant> first, Optional<Instant> last) {

    static TimeBounds of(Filter filter, ByBucket grouping, SqlColumns columns) {
        var time = new GroupingSql(columns).time(grouping);
        var bounds = comparisons(filter)
                .filter(comparison -> columns.named(comparison.column()).equals(time))
                .map(comparison -> bound(comparison, time, grouping))
                .toList();
        return new TimeBounds(
                bounds.stream().flatMap(bound -> bound.first.stream()).max(Instant::compareTo),
                bounds.stream().flatMap(bound -> bound.last.stream()).min(Instant::compareTo));
    }

    private static Stream<Filter.Compare> comparisons(Filter filter) {
        return switch (filter) {
            case Filter.Compare compare -> Stream.of(compare);
            case Filter.And(List<Filter> filters) -> filters.stream().flatMap(TimeBounds::comparisons);
            default -> Stream.empty();
        };
    }

    private static TimeBounds bound(Filter.Compare comparison, SqlColumn time, ByBucket grouping) {
        var instant = instant(Values.of(time, comparison.value()).value(), grouping);
        return switch (comparison.comparison()) {
            case EQ -> new TimeBounds(Optional.of(instant), Optional.of(instant));
            case GT, GTE -> new TimeBounds(Optional.of(instant), Optional.empty());
            case LT -> new TimeBounds(Optional.empty(), Optional.of(instant.minusNanos(1)));
            case LTE -> new TimeBounds(Optional.empty(), Optional.of(instant));
            case NE -> new TimeBounds(Optional.empty(), Optional.empty());
        };
    }

    private static Instant instant(Object value, ByBucket grouping) {
        return value instanceof LocalDate date
                ? date.atStartOfDay(grouping.zone()).toInstant()
                : (Instant) value;
    }
}
