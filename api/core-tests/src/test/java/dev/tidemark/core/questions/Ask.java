package dev.tidemark.core.questions;

import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.Earlier;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Grouping;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.Question.Having;
import dev.tidemark.spi.Question.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Builds aggregates for tests, a step at a time. */
record Ask(Aggregate question) {

    static Ask about(String... relations) {
        return new Ask(Aggregate.of(List.of(relations), Filter.ALL, List.of()));
    }

    Ask by(Grouping grouping) {
        return new Ask(question.by(and(question.groupings(), grouping)));
    }

    Ask by(String column) {
        return by(new Grouping.ByColumn(column, column));
    }

    Ask count() {
        return measure(new Measure.Count("count"));
    }

    Ask measure(Measure measure) {
        return with(and(question.measures(), measure), question.having(), question.order(), question.first());
    }

    Ask where(Filter filter) {
        return new Ask(question.where(filter));
    }

    Ask having(String measure, Filter.Comparison comparison, Number value) {
        var having = and(question.having(), new Having(measure, comparison, value));
        return with(question.measures(), having, question.order(), question.first());
    }

    Ask orderBy(String name, boolean descending) {
        var order = and(question.order(), new Order(name, descending));
        return with(question.measures(), question.having(), order, question.first());
    }

    Ask first(int rows) {
        return with(question.measures(), question.having(), question.order(), OptionalInt.of(rows));
    }

    Ask fillGaps() {
        return with(true, question.rest(), question.earlier());
    }

    Ask rest() {
        return with(question.fillGaps(), true, question.earlier());
    }

    Ask comparedWith(Earlier earlier) {
        return with(question.fillGaps(), question.rest(), Optional.of(earlier));
    }

    private Ask with(List<Measure> measures, List<Having> having, List<Order> order, OptionalInt first) {
        return new Ask(new Aggregate(
                question.relations(),
                question.groupings(),
                measures,
                question.filter(),
                having,
                order,
                first,
                question.fillGaps(),
                question.rest(),
                question.earlier(),
                question.approximate()));
    }

    private Ask with(boolean fillGaps, boolean rest, Optional<Earlier> earlier) {
        return new Ask(new Aggregate(
                question.relations(),
                question.groupings(),
                question.measures(),
                question.filter(),
                question.having(),
                question.order(),
                question.first(),
                fillGaps,
                rest,
                earlier,
                question.approximate()));
    }

    private static <T> List<T> and(List<T> all, T added) {
        var more = new ArrayList<>(all);
        more.add(added);
        return more;
    }
}
