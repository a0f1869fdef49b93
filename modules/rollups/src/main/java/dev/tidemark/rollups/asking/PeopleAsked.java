package dev.tidemark.rollups.asking;

import dev.tidemark.rollups.definition.FilterColumns;
import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Grouping;
import dev.tidemark.spi.Measure;
import java.util.stream.Stream;

/** Whether it makes a difference for an answer who people are. */
final class PeopleAsked {

    private PeopleAsked() {}

    static boolean in(Aggregate question) {
        return Stream.of(
                        question.groupings().stream().map(Grouping::column),
                        Cuts.filters(question).flatMap(FilterColumns::of),
                        question.measures().stream().flatMap(PeopleAsked::columns))
                .flatMap(columns -> columns)
                .anyMatch(EventCollection.PERSON::equals);
    }

    private static Stream<String> columns(Measure measure) {
        return switch (measure) {
            case Measure.OfColumn of -> Stream.of(of.column());
            case Measure.Filtered(var inner, var filter) -> columns(inner);
            case Measure.Ratio(var name, var dividend, var divisor) ->
                Stream.concat(columns(dividend), columns(divisor));
            case Measure.Count _, Measure.Merged _ -> Stream.empty();
        };
    }
}
