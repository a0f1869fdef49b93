package dev.tidemark.rollups.asking;

import dev.tidemark.rollups.definition.Bucket;
import dev.tidemark.rollups.definition.BucketFit;
import dev.tidemark.rollups.definition.RollupTable;
import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Grouping;
import dev.tidemark.spi.Measure;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether times are cut only where the buckets of a rollup begin, so that each counts as a whole.
 *
 * @param since the earliest time that is asked about
 */
record Cuts(Bucket bucket, Instant since) {

    /** @param conditions which must all hold */
    Cuts(Bucket bucket, List<Filter> conditions) {
        this(bucket, since(conditions));
    }

    /** Of a question about the rollup itself. */
    static boolean fit(Bucket bucket, Aggregate question) {
        var cuts = new Cuts(bucket, conjuncts(question.filter()));
        return question.groupings().stream().allMatch(cuts::fit)
                && filters(question).allMatch(cuts::fit);
    }

    /** Whether a question is about no time before a moment. */
    static boolean isSince(Instant moment, Aggregate question) {
        return !since(conjuncts(question.filter())).isBefore(moment);
    }

    /** All its conditions on rows. */
    static Stream<Filter> filters(Aggregate question) {
        return Stream.concat(
                Stream.of(question.filter()), question.measures().stream().flatMap(Cuts::filters));
    }

    boolean fit(Grouping grouping) {
        return switch (grouping) {
            case Grouping.ByColumn _ -> true;
            case Grouping.ByBucket by -> !isTime(by.column()) || fit().fits(by);
            case Grouping.ByPart by -> !isTime(by.column()) || fit().fits(by);
        };
    }

    boolean fit(Filter filter) {
        return switch (filter) {
            case Filter.And(var filters) -> filters.stream().allMatch(this::fit);
            case Filter.Or(var filters) -> filters.stream().allMatch(this::fit);
            case Filter.Not(var negated) -> fit(negated);
            case Filter.Compare(var column, var comparison, var value)
            when isTime(column) ->
                switch (comparison) {
                    case GTE, LT -> instant(value).filter(fit()::begins).isPresent();
                    case GT, LTE, EQ, NE -> false;
                };
            case Filter.In(var column, var values) -> !isTime(column);
            default -> true;
        };
    }

    private BucketFit fit() {
        return new BucketFit(bucket, since);
    }

    static boolean isTime(String column) {
        return column.equals(RollupTable.TIME);
    }

    /** The conditions of a measure. */
    static Stream<Filter> filters(Measure measure) {
        return switch (measure) {
            case Measure.Filtered(var inner, var filter) -> Stream.concat(Stream.of(filter), filters(inner));
            case Measure.Ratio(var name, var dividend, var divisor) ->
                Stream.concat(filters(dividend), filters(divisor));
            default -> Stream.empty();
        };
    }

    /** What must all hold. */
    static List<Filter> conjuncts(Filter filter) {
        return filter instanceof Filter.And(var filters)
                ? filters.stream().flatMap(each -> conjuncts(each).stream()).toList()
                : List.of(filter);
    }

    /** No event is before 1970. */
    private static Instant since(List<Filter> conditions) {
        return conditions.stream()
                .flatMap(condition -> condition instanceof Filter.Compare(var column, var comparison, var value)
                                && isTime(column)
                                && comparison == Filter.Comparison.GTE
                        ? instant(value).stream()
                        : Stream.empty())
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    private static Optional<Instant> instant(Object value) {
        return switch (value) {
            case Instant instant -> Optional.of(instant);
            case OffsetDateTime time -> Optional.of(time.toInstant());
            case String text -> parsed(text);
            default -> Optional.empty();
        };
    }

    private static Optional<Instant> parsed(String text) {
        try {
            return Optional.of(
                    text.length() == "2021-03-14".length()
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
