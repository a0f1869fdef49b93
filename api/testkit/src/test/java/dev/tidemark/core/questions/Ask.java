package dev.tidemark.core.questions;

import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Grouping;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.Question.Having;
import dev.tidemark.spi.Question.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Builds aggregates for tests, a step at a time. */
record Ask(Question.Aggregate question) {

    static Ask about(String relation) {
        return new Ask(new Question.Aggregate(
                relation, List.of(), List.of(), Filter.ALL, List.of(), List.of(), OptionalInt.empty(), false, false));
    }

    Ask by(Grouping grouping) {
        return new Ask(new Question.Aggregate(
                question.relation(),
                and(question.groupings(), grouping),
                question.measures(),
                question.filter(),
                question.having(),
                question.order(),
                question.first(),
                question.fillGaps(),
                question.rest()));
    }

    Ask by(String column) {
        return by(new Grouping.ByColumn(column, column));
    }

    Ask count() {
        return measure(new Measure.Count("count"));
    }

    Ask measure(Measure measure) {
        return new Ask(new Question.Aggregate(
                question.relation(),
                question.groupings(),
                and(question.measures(), measure),
                question.filter(),
                question.having(),
                question.order(),
                question.first(),
                question.fillGaps(),
                question.rest()));
    }

    Ask where(Filter filter) {
        return new Ask(new Question.Aggregate(
                question.relation(),
                question.groupings(),
                question.measures(),
                filter,
                question.having(),
                question.order(),
                question.first(),
                question.fillGaps(),
                question.rest()));
    }

    Ask having(String measure, Filter.Comparison comparison, Number value) {
        return new Ask(new Question.Aggregate(
                question.relation(),
                question.groupings(),
                question.measures(),
                question.filter(),
                and(question.having(), new Having(measure, comparison, value)),
                question.order(),
                question.first(),
                question.fillGaps(),
                question.rest()));
    }

    Ask orderBy(String name, boolean descending) {
        return new Ask(new Question.Aggregate(
                question.relation(),
                question.groupings(),
                question.measures(),
                question.filter(),
                question.having(),
                and(question.order(), new Order(name, descending)),
                question.first(),
                question.fillGaps(),
                question.rest()));
    }

    Ask first(int rows) {
        return new Ask(new Question.Aggregate(
                question.relation(),
                question.groupings(),
                question.measures(),
                question.filter(),
                question.having(),
                question.order(),
                OptionalInt.of(rows),
                question.fillGaps(),
                question.rest()));
    }

    Ask fillGaps() {
        return flags(true, question.rest());
    }

    Ask rest() {
        return flags(question.fillGaps(), true);
    }

    private Ask flags(boolean fillGaps, boolean rest) {
        return new Ask(new Question.Aggregate(
                question.relation(),
                question.groupings(),
                question.measures(),
                question.filter(),
                question.having(),
                question.order(),
                question.first(),
                fillGaps,
                rest));
    }

    private static <T> List<T> and(List<T> all, T added) {
        var more = new ArrayList<>(all);
        more.add(added);
        return more;
    }
}
