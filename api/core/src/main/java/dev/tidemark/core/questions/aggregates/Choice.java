package dev.tidemark.core.questions.aggregates;

import dev.tidemark.core.questions.sql.ValueOrder;
import dev.tidemark.spi.Aggregate;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code having}, the order and {@code first} of a question do, for rows that PostgreSQL has not seen whole. */
record Choice(Aggregate question) {

    /** @param values of the groupings, then of the measures */
    <T> List<T> of(Stream<T> rows, Function<T, List<@Nullable Object>> values) {
        return rows.filter(row -> passes(values.apply(row)))
                .sorted(Comparator.comparing(values, order()))
                .limit(question.first().orElse(Groups.MOST))
                .toList();
    }

    private boolean passes(List<@Nullable Object> row) {
        var names = AggregateCheck.names(question);
        return question.having().stream()
                .allMatch(having -> HavingTest.passes(having, row.get(names.indexOf(having.measure()))));
    }

    /** As asked, and by the groupings where that leaves a choice. */
    private Comparator<List<@Nullable Object>> order() {
        var names = AggregateCheck.names(question);
        var asked =
                question.order().stream().map(order -> ValueOrder.of(names.indexOf(order.by()), order.descending()));
        var groupings = IntStream.range(0, question.groupings().size()).mapToObj(i -> ValueOrder.of(i, false));
        return Stream.concat(asked, groupings).reduce(Comparator::thenComparing).orElse((_, _) -> 0);
    }
}
