package dev.tidemark.rollups.asking;

import dev.tidemark.rollups.definition.FilterColumns;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Grouping;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.SqlRelation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a question about events one about a rollup that has the same answer. */
final class Substitution {

    private final Rollup rollup;
    private final SqlRelation events;
    private final Instant now;
    private final DimensionTexts texts;

    Substitution(Rollup rollup, SqlRelation events, Instant now) {
        this.rollup = rollup;
        this.events = events;
        this.now = now;
        this.texts = new DimensionTexts(rollup);
    }

    /**
     * Empty when the rollup cannot tell.
     *
     * @throws CallerException when a name in it is unknown, or the rollup does not keep what a measure takes
     */
    Optional<Aggregate> of(Aggregate question) {
        var conditions = Cuts.conjuncts(FilterColumns.renamed(question.filter(), this::column));
        var kept = Cuts.conjuncts(FilterColumns.renamed(rollup.where(), this::column));
        if (!conditions.containsAll(kept)) {
            return Optional.empty();
        }
        var left = new ArrayList<>(conditions);
        left.removeAll(kept);
        var cuts = new Cuts(rollup.bucket(), left);
        if (rollup.keep().filter(keep -> cuts.since().isBefore(now.minus(keep))).isPresent()) {
            return Optional.empty();
        }
        var groupings = question.groupings().stream()
                .map(grouping -> FilterColumns.renamed(grouping, this::column))
                .toList();
        var measures = question.measures().stream()
                .map(measure -> measure(measure, question.approximate()))
                .toList();
        return left.stream().allMatch(condition -> fits(condition, cuts))
                        && groupings.stream().allMatch(grouping -> fits(grouping, cuts))
                        && measures.stream().allMatch(measure -> fits(measure, question, cuts))
                ? Optional.of(new Aggregate(
                        List.of(rollup.name()),
                        groupings,
                        measures,
                        new Filter.And(left),
                        question.having(),
                        question.order(),
                        question.first(),
                        question.fillGaps(),
                        question.rest(),
                        question.earlier(),
                        question.approximate()))
                : Optional.empty();
    }

    private String column(String name) {
        return events.named(name).column().name();
    }

    private boolean isDimension(String column) {
        return rollup.dimension(column).isPresent();
    }

    private boolean fits(Grouping grouping, Cuts cuts) {
        var isOfTime = !(grouping instanceof Grouping.ByColumn) && Cuts.isTime(grouping.column());
        return (isOfTime || isDimension(grouping.column())) && cuts.fit(grouping);
    }

    private boolean fits(Filter filter, Cuts cuts) {
        return isKept(filter) && texts.tell(filter) && cuts.fit(filter);
    }

    private boolean isKept(Filter filter) {
        return switch (filter) {
            case Filter.And(var filters) -> filters.stream().allMatch(this::isKept);
            case Filter.Or(var filters) -> filters.stream().allMatch(this::isKept);
            case Filter.Not(var negated) -> isKept(negated);
            case Filter.Compare(var column, var comparison, var value) -> Cuts.isTime(column) || isDimension(column);
            case Filter.In(var column, var values) -> isDimension(column);
            case Filter.IsSet(var column, var set) -> isDimension(column);
            case Filter.Matches(var column, var match, var text) -> isDimension(column);
            case Filter.InGroup _, Filter.InQuery _ -> false;
        };
    }

    private boolean fits(Measure measure, Aggregate question, Cuts cuts) {
        var isEstimated = RollupMeasures.error(measure).isPresent();
        var ofTable = new RollupMeasures(rollup, Optional.empty()).ofTable(measure);
        return Cuts.filters(measure).allMatch(filter -> fits(filter, cuts))
                && !(isEstimated && ofTable instanceof Measure.Ratio)
                && (question.approximate() || !isEstimated || isAskedAsEstimate(measure));
    }

    private static boolean isAskedAsEstimate(Measure measure) {
        return switch (measure) {
            case Measure.ApproximateDistinct _ -> true;
            case Measure.Filtered(var inner, var filter) -> isAskedAsEstimate(inner);
            default -> false;
        };
    }

    private Measure measure(Measure measure, boolean approximate) {
        return switch (measure) {
            case Measure.Count _, Measure.Merged _ -> measure;
            case Measure.Distinct(var name, var of) ->
                approximate && !isDimension(column(of))
                        ? new Measure.ApproximateDistinct(name, column(of))
                        : new Measure.Distinct(name, column(of));
            case Measure.ApproximateDistinct(var name, var of) -> new Measure.ApproximateDistinct(name, column(of));
            case Measure.Sum(var name, var of) -> new Measure.Sum(name, column(of));
            case Measure.Total(var name, var of) -> new Measure.Total(name, column(of));
            case Measure.Average(var name, var of) -> new Measure.Average(name, column(of));
            case Measure.Min(var name, var of) -> new Measure.Min(name, column(of));
            case Measure.Max(var name, var of) -> new Measure.Max(name, column(of));
            case Measure.Percentile(var name, var of, var p) -> new Measure.Percentile(name, column(of), p);
            case Measure.Top(var name, var of, var n) -> new Measure.Top(name, column(of), n);
            case Measure.Filtered(var inner, var filter) ->
                new Measure.Filtered(measure(inner, approximate), FilterColumns.renamed(filter, this::column));
            case Measure.Ratio(var name, var dividend, var divisor) ->
                new Measure.Ratio(name, measure(dividend, approximate), measure(divisor, approximate));
        };
    }
}
