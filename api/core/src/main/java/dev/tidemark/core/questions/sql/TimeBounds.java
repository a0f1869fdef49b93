package dev.tidemark.core.questions.sql;

import dev.tidemark.spi.Filter;
import dev.tidemark.spi.SqlColumn;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Between which instants a filter lets the values of a column pass.
 *
 * @param end the first instant that does not pass any more
 */
public record TimeBounds(Optional<Instant> first, Optional<Instant> end) {

    /** The least difference between two moments in PostgreSQL. */
    private static final Duration TICK = Duration.ofNanos(1_000);

    /** @param zone in which days begin, where the column has days */
    public static TimeBounds of(Filter filter, SqlColumns columns, SqlColumn time, ZoneId zone) {
        var bounds = comparisons(filter)
                .filter(comparison -> columns.named(comparison.column()).equals(time))
                .map(comparison -> bound(comparison, time, zone))
                .toList();
        return new TimeBounds(
                bounds.stream().flatMap(bound -> bound.first.stream()).max(Instant::compareTo),
                bounds.stream().flatMap(bound -> bound.end.stream()).min(Instant::compareTo));
    }

    private static Stream<Filter.Compare> comparisons(Filter filter) {
        return switch (filter) {
            case Filter.Compare compare -> Stream.of(compare);
            case Filter.And(List<Filter> filters) -> filters.stream().flatMap(TimeBounds::comparisons);
            default -> Stream.empty();
        };
    }

    private static TimeBounds bound(Filter.Compare comparison, SqlColumn time, ZoneId zone) {
        var value = Values.of(time, comparison.value()).value();
        var at = Optional.of(start(value, zone));
        var beyond = Optional.of(end(value, zone));
        Optional<Instant> none = Optional.empty();
        return switch (comparison.comparison()) {
            case EQ -> new TimeBounds(at, beyond);
            case GT -> new TimeBounds(beyond, none);
            case GTE -> new TimeBounds(at, none);
            case LT -> new TimeBounds(none, at);
            case LTE -> new TimeBounds(none, beyond);
            case NE -> new TimeBounds(none, none);
        };
    }

    private static Instant start(Object value, ZoneId zone) {
        return value instanceof LocalDate date ? date.atStartOfDay(zone).toInstant() : (Instant) value;
    }

    private static Instant end(Object value, ZoneId zone) {
        return value instanceof LocalDate date ? start(date.plusDays(1), zone) : ((Instant) value).plus(TICK);
    }
}
