package dev.tidemark.core.questions.aggregates;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.core.questions.aggregates.Groups.Group;
import dev.tidemark.core.questions.sql.Output;
import dev.tidemark.core.questions.sql.SqlColumns;
import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.Answer;
import dev.tidemark.spi.Question.Having;
import dev.tidemark.spi.Question.Order;
import dev.tidemark.spi.Snapshot;
import dev.tidemark.spi.SqlFragment;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers one {@link Aggregate} from a table. */
public final class AggregateQuestion {

    private final Aggregate question;
    private final SqlColumns columns;
    private final Groups groups;
    private final List<Output> outputs;
    private final Optional<Comparison> comparison;

    public AggregateQuestion(SqlFragment table, SqlColumns columns, Aggregate question) {
        this.question = question;
        this.columns = columns;
        this.groups = Groups.of(table, columns, question);
        this.outputs = groups.outputs();
        AggregateCheck.requireSound(question, outputs);
        this.comparison = question.earlier()
                .map(earlier -> EarlierTime.of(question, earlier, columns))
                .map(earlier -> new Comparison(earlier, Groups.of(table, columns, earlier.question())));
    }

    public Answer answer(Snapshot snapshot) {
        var found = found(snapshot);
        var rest = question.fillGaps() ? Optional.<List<@Nullable Object>>empty() : rest(snapshot, found);
        return new Answer(
                AggregateCheck.names(question),
                values(found),
                rest,
                comparison.map(asked -> asked.counterparts(snapshot, found, rest.isPresent())),
                new Answer.Freshness(snapshot.asOf(), Answer.Source.RAW, errorBound()));
    }

    private Optional<Double> errorBound() {
        return groups.areEstimated() ? Optional.of(Estimate.ERROR) : Optional.empty();
    }

    private List<Group> found(Snapshot snapshot) {
        if (!ChangeOrder.isAskedBy(question)) {
            return groups(snapshot, question);
        }
        var all = groups(snapshot, question.all());
        var then = comparison.orElseThrow().counterparts(snapshot, all, false);
        return new ChangeOrder(question).first(all, then.rows());
    }

    private List<Group> groups(Snapshot snapshot, Aggregate asked) {
        return asked.fillGaps() ? filled(snapshot, asked) : listed(snapshot, asked);
    }

    private List<Group> filled(Snapshot snapshot, Aggregate asked) {
        var found = groups.read(snapshot, List.of(), List.of(), Integer.MAX_VALUE);
        return new GapFilling(asked, columns)
                .rows(values(found)).stream()
                        .map(values -> new Group("", values))
                        .toList();
    }

    private List<Group> listed(Snapshot snapshot, Aggregate asked) {
        if (isChosenByGathered(asked)) {
            var all = groups.read(snapshot, List.of(), List.of(), Integer.MAX_VALUE);
            return new Choice(asked).of(all.stream(), Group::values);
        }
        var having = asked.having().stream().map(this::condition).toList();
        return groups.read(snapshot, having, order(asked), asked.first().orElse(Integer.MAX_VALUE));
    }

    /** Whether having or the order is by what is known only once the groups are. */
    private static boolean isChosenByGathered(Aggregate asked) {
        var names = Stream.concat(
                        asked.having().stream().map(Having::measure),
                        asked.order().stream().map(Order::by))
                .toList();
        return asked.measures().stream()
                .anyMatch(measure ->
                        names.contains(measure.name()) && Gathered.of(measure).isPresent());
    }

    private static List<List<@Nullable Object>> values(List<Group> found) {
        return found.stream().map(Group::values).toList();
    }

    private Optional<List<@Nullable Object>> rest(Snapshot snapshot, List<Group> found) {
        var isComplete =
                question.having().isEmpty() && found.size() < question.first().orElse(Integer.MAX_VALUE);
        return question.rest() && !isComplete ? groups.rest(snapshot, found) : Optional.empty();
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
    private List<SqlFragment> order(Aggregate asked) {
        var keys = asked.order().stream().map(this::key);
        var groupings = IntStream.rangeClosed(1, asked.groupings().size()).mapToObj(SqlFragment::place);
        return Stream.concat(keys, groupings).toList();
    }

    private SqlFragment key(Order order) {
        var place = SqlFragment.place(place(order.by()));
        return order.descending() ? sql("{} desc nulls last", place) : place;
    }

    private int place(String name) {
        return outputs.stream().map(Output::name).toList().indexOf(name) + 1;
    }
}
