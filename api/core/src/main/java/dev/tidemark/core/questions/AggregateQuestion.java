package dev.tidemark.core.questions;

import static dev.tidemark.core.questions.SqlFragment.sql;

import dev.tidemark.core.questions.Groups.Group;
import dev.tidemark.core.questions.QuestionStore.Snapshot;
import dev.tidemark.spi.Answer;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.Question.Having;
import dev.tidemark.spi.Question.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers one {@link Question.Aggregate} from a table. */
final class AggregateQuestion {

    static final int MOST_ROWS = 10_000;

    private final Question.Aggregate question;
    private final SqlColumns columns;
    private final Groups groups;
    private final List<Output> outputs;

    AggregateQuestion(SqlFragment table, SqlColumns columns, Question.Aggregate question) {
        this.question = question;
        this.columns = columns;
        var groupings = new GroupingSql(columns);
        this.groups = new Groups(
                columns,
                table,
                new FilterSql(columns).conditions(question.filter()),
                question.groupings().stream().map(groupings::of).toList(),
                question.measures(),
                question.rest() || question.measures().stream().anyMatch(Measure.Top.class::isInstance));
        this.outputs = groups.outputs();
        AggregateCheck.requireSound(question, outputs);
    }

    Answer answer(Snapshot snapshot) {
        var names = AggregateCheck.names(question);
        var freshness = new Answer.Freshness(snapshot.asOf(), Answer.Source.RAW, Optional.empty());
        if (question.fillGaps()) {
            var found = read(snapshot, List.of(), List.of(), MOST_ROWS + 1);
            return new Answer(names, new GapFilling(question, columns).rows(values(found)), freshness);
        }
        var limit = Math.min(question.first().orElse(MOST_ROWS + 1), MOST_ROWS + 1);
        var having = question.having().stream().map(this::condition).toList();
        var found = read(snapshot, having, order(), limit);
        return new Answer(names, values(found), rest(snapshot, found), freshness);
    }

    private List<Group> read(Snapshot snapshot, List<SqlFragment> having, List<SqlFragment> order, int limit) {
        var found = groups.read(snapshot, having, order, limit);
        if (found.size() > MOST_ROWS) {
            throw new CallerException(
                    ErrorCode.QUERY_TOO_COMPLEX,
                    "There are more than " + MOST_ROWS + " groups: add first, or filter or group more coarsely.",
                    "groupBy");
        }
        return found;
    }

    private static List<List<@Nullable Object>> values(List<Group> found) {
        return found.stream().map(Group::values).toList();
    }

    private Optional<List<@Nullable Object>> rest(Snapshot snapshot, List<Group> found) {
        var isComplete =
                question.having().isEmpty() && found.size() < question.first().orElse(MOST_ROWS);
        if (!question.rest() || isComplete) {
            return Optional.empty();
        }
        var rest = groups.without(found).read(snapshot, List.of(sql("count(*) > 0")), List.of(), 1);
        return rest.stream().findFirst().map(group -> {
            var values = new ArrayList<@Nullable Object>(
                    Collections.nCopies(question.groupings().size(), null));
            values.addAll(group.values());
            return values;
        });
    }

    private SqlFragment condition(Having having) {
        var measure = outputs.get(place(having.measure()) - 1).sql();
        var value = SqlFragment.value(HavingTest.number(having));
        return switch (having.comparison()) {
            case EQ -> sql("{} = {}", measure, value);
            case NE -> sql("{} is distinct from {}", measure, value);
            case LT -> sql("{} < {}", measure, value);
            case LTE -> sql("{} <= {}", measure, value);
            case GT -> sql("{} > {}", measure, value);
            case GTE -> sql("{} >= {}", measure, value);
        };
    }

    /** As asked, and by the groupings where that leaves a choice. */
    private List<SqlFragment> order() {
        var asked = question.order().stream().map(this::key);
        var groupings = IntStream.rangeClosed(1, question.groupings().size()).mapToObj(SqlFragment::place);
        return Stream.concat(asked, groupings).toList();
    }

    private SqlFragment key(Order order) {
        var place = SqlFragment.place(place(order.by()));
        return order.descending() ? sql("{} desc nulls last", place) : place;
    }

    private int place(String name) {
        return outputs.stream().map(Output::name).toList().indexOf(name) + 1;
    }
}
