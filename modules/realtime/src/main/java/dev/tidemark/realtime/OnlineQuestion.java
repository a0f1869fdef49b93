package dev.tidemark.realtime;

import dev.tidemark.realtime.Online.OnlinePerson;
import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Filter.Comparison;
import dev.tidemark.spi.Grouping;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Question.Order;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Relation;
import dev.tidemark.spi.Relation.Column;
import dev.tidemark.spi.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks who is online. Only collections to which something was added of late are read. */
record OnlineQuestion(Questions questions, RealtimeStore store) {

    private static final List<Column> SEEN = List.of(
            new Column(RealtimeStore.PERSON, RealtimeStore.PERSON, ColumnType.TEXT),
            new Column(RealtimeStore.TIME, RealtimeStore.TIME, ColumnType.TIMESTAMP));

    /** @param first how many people to list */
    Online answer(Project project, Duration within, int first) {
        var collections = questions.relations(project).stream()
                .filter(relation -> relation.key().equals(List.of(EventCollection.ID)))
                .map(Relation::name)
                .toList();
        return questions.read(project, snapshot -> answer(project, snapshot, collections, within, first));
    }

    private Online answer(Project project, Snapshot snapshot, List<String> known, Duration within, int first) {
        var now = snapshot.asOf();
        var busy = store.busy(snapshot, now.minus(within)).stream()
                .filter(known::contains)
                .toList();
        if (busy.isEmpty()) {
            return new Online(now, 0, List.of());
        }
        var table = store.people(
                busy.stream()
                        .map(name -> questions.sqlRelation(project, List.of(name)))
                        .toList(),
                new Filter.And(List.of(
                        new Filter.IsSet(EventCollection.PERSON, true),
                        new Filter.Compare(EventCollection.TIME, Comparison.GTE, now.minus(within)),
                        new Filter.Compare(EventCollection.TIME, Comparison.LTE, now))));
        var count = Aggregate.of(
                List.of("events"), Filter.ALL, List.of(new Measure.Distinct("count", RealtimeStore.PERSON)));
        var people = count.by(List.of(new Grouping.ByColumn(RealtimeStore.PERSON, RealtimeStore.PERSON)))
                .measured(List.of(new Measure.Max("last", RealtimeStore.TIME), new Measure.Count("events")))
                .first(first, List.of(new Order("last", true)));
        return new Online(
                now,
                (Long) Objects.requireNonNull(
                        snapshot.answer(table, SEEN, count).rows().getFirst().getFirst()),
                snapshot.answer(table, SEEN, people).rows().stream()
                        .map(OnlineQuestion::person)
                        .toList());
    }

    private static OnlinePerson person(List<@Nullable Object> row) {
        return new OnlinePerson(
                (String) Objects.requireNonNull(row.get(0)), (Instant) Objects.requireNonNull(row.get(1)), (Long)
                        Objects.requireNonNull(row.get(2)));
    }
}
