package dev.tidemark.core.questions;

import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Grouping;
import dev.tidemark.spi.Measure;

/** Whether it makes a difference who is behind events, or what is known of them. */
public final class PeopleAsked {

    private PeopleAsked() {}

    static boolean in(Aggregate question) {
        return in(question.filter())
                || question.groupings().stream().anyMatch(PeopleAsked::in)
                || question.measures().stream().anyMatch(PeopleAsked::in);
    }

    /** What cannot be told from the filter's columns may make one. */
    public static boolean in(Filter filter) {
        return switch (filter) {
            case Filter.And(var filters) -> filters.stream().anyMatch(PeopleAsked::in);
            case Filter.Or(var filters) -> filters.stream().anyMatch(PeopleAsked::in);
            case Filter.Not(var negated) -> in(negated);
            case Filter.IsSet set -> in(set.column());
            case Filter.Compare compare -> in(compare.column());
            case Filter.In in -> in(in.column());
            case Filter.Matches matches -> in(matches.column());
            case Filter.InGroup _, Filter.InQuery _ -> true;
        };
    }

    private static boolean in(Grouping grouping) {
        return switch (grouping) {
            case Grouping.ByColumn by -> in(by.column());
            case Grouping.ByBucket by -> in(by.column());
            case Grouping.ByPart by -> in(by.column());
        };
    }

    private static boolean in(Measure measure) {
        return switch (measure) {
            case Measure.Count _ -> false;
            case Measure.Distinct distinct -> in(distinct.column());
            case Measure.ApproximateDistinct distinct -> in(distinct.column());
            case Measure.Sum sum -> in(sum.column());
            case Measure.Total total -> in(total.column());
            case Measure.Average average -> in(average.column());
            case Measure.Min min -> in(min.column());
            case Measure.Max max -> in(max.column());
            case Measure.Percentile percentile -> in(percentile.column());
            case Measure.Top top -> in(top.column());
            case Measure.Merged _ -> true;
            case Measure.Filtered(var filtered, var filter) -> in(filtered) || in(filter);
            case Measure.Ratio ratio -> in(ratio.dividend()) || in(ratio.divisor());
        };
    }

    private static boolean in(String column) {
        return column.startsWith(EventCollection.PERSON);
    }
}
