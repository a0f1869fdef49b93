package dev.tidemark.rollups.asking;

import dev.tidemark.rollups.asking.TailStore.Tail;
import dev.tidemark.rollups.definition.Kept;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.RollupTable;
import dev.tidemark.rollups.progress.Meanwhile;
import dev.tidemark.rollups.rows.EventRows;
import dev.tidemark.rollups.rows.LongText;
import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.Answer;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.DatabaseException;
import dev.tidemark.spi.Declaration;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Explanation;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.People;
import dev.tidemark.spi.PeopleAsked;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Relation;
import dev.tidemark.spi.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A rollup that one can ask: its table, and the events that are not in it yet.
 *
 * @param isReady whether it answers questions about its collection
 */
public record RollupRelation(Questions questions, People people, Project project, Rollup rollup, boolean isReady)
        implements Relation {

    private static final Declaration OF_BUCKETS = new Declaration(
            true, Optional.of("When the bucket that it counts in begins."), Optional.empty(), true, List.of(), true);

    @Override
    public String name() {
        return rollup.name();
    }

    @Override
    public List<Column> columns() {
        var time = new Column(RollupTable.TIME, RollupTable.TIME, ColumnType.TIMESTAMP, OF_BUCKETS);
        var measured = rollup.measures().stream()
                .map(Kept::column)
                .filter(column -> rollup.dimension(column.name()).isEmpty())
                .distinct()
                .map(column -> new Column(column.name(), column.label(), column.type(), Declaration.NONE, true));
        return Stream.of(Stream.of(time), rollup.dimensions().stream(), measured)
                .flatMap(column -> column)
                .toList();
    }

    @Override
    public List<String> collections() {
        return List.of(rollup.collection());
    }

    @Override
    public boolean measures(Measure measure) {
        return new RollupMeasures(rollup, Optional.empty()).keeps(measure);
    }

    @Override
    public Answer answer(Question question) {
        var aggregate = aggregate(question);
        if (!isOfMany(aggregate)) {
            return answer(aggregate, Uniting.HERE);
        }
        try {
            return answer(aggregate, UnionStore::find);
        } catch (DatabaseException e) {
            if (UnionStore.isGone(e)) {
                return answer(aggregate, Uniting.HERE);
            }
            throw e;
        }
    }

    private Answer answer(Aggregate question, Uniting uniting) {
        return Meanwhile.told(
                rollup.name(), () -> questions.read(project, snapshot -> answer(snapshot, question, uniting)));
    }

    @Override
    public List<Explanation.Statement> explain(Question question) {
        var aggregate = aggregate(question);
        var uniting = isOfMany(aggregate) ? found() : Uniting.HERE;
        return Meanwhile.told(
                rollup.name(), () -> questions.explain(project, snapshot -> answer(snapshot, aggregate, uniting)));
    }

    /** What is planned finds nothing. */
    private Uniting found() {
        var union = questions.read(project, UnionStore::find);
        return snapshot -> union;
    }

    private Answer answer(Snapshot snapshot, Aggregate question, Uniting uniting) {
        snapshot.expect(likely -> expected(likely, question));
        var union = uniting.in(snapshot);
        var tail = TailStore.tail(snapshot, rollup);
        var measures = new RollupMeasures(rollup, union);
        var answer = rolled(snapshot, question, measures, tail);
        UnaryOperator<List<@Nullable Object>> values = row -> values(question, measures, row);
        return new Answer(
                answer.columns(),
                answer.rows().stream().map(values).toList(),
                answer.rest().map(values),
                answer.earlier()
                        .map(then -> new Answer.Counterparts(
                                then.asked(),
                                then.rows().stream().map(values).toList(),
                                then.rest().map(values))),
                freshness(answer, question, tail));
    }

    /** What is asked after the first statement, when all is in the rows. */
    private void expected(Snapshot likely, Aggregate question) {
        if (isOfMany(question)) {
            TailStore.tail(likely, rollup);
        } else if (isOfOne(question.filter())) {
            rolled(likely, question, new RollupMeasures(rollup, Optional.empty()), Tail.NOTHING);
        }
    }

    /** The answer of the rollup's rows and its tail, whose values are still those of the table's measures. */
    private Answer rolled(Snapshot snapshot, Aggregate question, RollupMeasures measures, Tail tail) {
        var events = EventRows.of(rollup, questions, project);
        var table = new AskedRows(rollup, events).table(tail);
        var ofTable = question.measures().stream().map(measures::ofTable).toList();
        var asked = tail.isEmpty() && isOfOne(question.filter()) ? snapshot.frequent() : snapshot;
        return asked.answer(
                table,
                new RollupTable(rollup).columns(),
                question.where(new DimensionTexts(rollup).kept(question.filter()))
                        .measured(ofTable));
    }

    /** Whether many sketches may have to be merged. */
    private boolean isOfMany(Aggregate question) {
        return !isOfOne(question.filter())
                && question.measures().stream()
                        .anyMatch(measure -> RollupMeasures.error(measure).isPresent());
    }

    /** Whether it is about one value of the first dimension: then an index finds the rows, whichever value and time it is. */
    private boolean isOfOne(Filter filter) {
        return switch (filter) {
            case Filter.And(var filters) -> filters.stream().anyMatch(this::isOfOne);
            case Filter.Compare(var column, var comparison, var value) ->
                comparison == Filter.Comparison.EQ
                        && !rollup.dimensions().isEmpty()
                        && rollup.dimensions().getFirst().isCalled(column);
            default -> false;
        };
    }

    private Answer.Freshness freshness(Answer answer, Aggregate question, Tail tail) {
        var error = question.measures().stream()
                .flatMap(measure -> RollupMeasures.error(measure).stream())
                .max(Double::compare);
        var source = tail.commits().isPresent() ? Answer.Source.MIXED : Answer.Source.ROLLUP;
        var isExact = error.isEmpty()
                && tail.isSettled()
                && tellsPeople(question, tail)
                && answer.earlier().stream().allMatch(then -> tellsPeople(then.asked(), tail))
                && Cuts.fit(rollup.bucket(), question)
                && answer.earlier().stream().allMatch(then -> Cuts.fit(rollup.bucket(), then.asked()))
                && Cuts.filters(question).allMatch(new DimensionTexts(rollup)::tell)
                && !hasShortened(answer);
        return new Answer.Freshness(answer.freshness().asOf(), source, isExact, error);
    }

    /** Whether it takes nobody for several who have turned out to be one since the events were gone. */
    private boolean tellsPeople(Aggregate question, Tail tail) {
        return !PeopleAsked.in(question)
                || tail.rawFrom().stream().allMatch(from -> Cuts.isSince(from, question))
                || !people.areMerged(project);
    }

    /** Whether it may show a text of a dimension as it is kept instead of the whole one. */
    static boolean hasShortened(Answer answer) {
        var now = Stream.concat(answer.rows().stream(), answer.rest().stream());
        var then = answer.earlier().stream()
                .flatMap(earlier -> Stream.concat(earlier.rows().stream(), earlier.rest().stream()));
        return Stream.concat(now, then).flatMap(List::stream).anyMatch(LongText::isShortened);
    }

    private static List<@Nullable Object> values(
            Aggregate question, RollupMeasures measures, List<@Nullable Object> ofTable) {
        var groupings = question.groupings().size();
        var values = new ArrayList<@Nullable Object>(ofTable.subList(0, groupings));
        for (int i = 0; i < question.measures().size(); i++) {
            values.add(measures.value(question.measures().get(i), ofTable.get(groupings + i)));
        }
        return values;
    }

    private Aggregate aggregate(Question question) {
        if (question instanceof Aggregate aggregate) {
            return aggregate;
        }
        throw new CallerException(
                ErrorCode.BAD_USER_INPUT,
                "Rollup \"" + rollup.name() + "\" has no single events: ask for an aggregate, or ask its collection.",
                "collection");
    }
}
