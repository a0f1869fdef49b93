package dev.tidemark.spi;

/** Whether it makes a difference for an answer who is behind events, or what is known of them. */
public final class PeopleAsked {

    private PeopleAsked() {}

    public static boolean in(Aggregate question) {
        return in(question.filter())
                || question.groupings().stream().anyMatch(grouping -> in(grouping.column()))
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

    private static boolean in(Measure measure) {
        return switch (measure) {
            case Measure.Count _ -> false;
            case Measure.OfColumn of -> in(of.column());
            case Measure.Merged _ -> true;
            case Measure.Filtered(var filtered, var filter) -> in(filtered) || in(filter);
            case Measure.Ratio ratio -> in(ratio.dividend()) || in(ratio.divisor());
        };
    }

    private static boolean in(String column) {
        return column.startsWith(EventCollection.PERSON);
    }
}
