package dev.tidemark.customers.search;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.customers.identity.Customer.Then;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Page;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Relation;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlRelation;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** What customers did, by their events. */
public final class History {

    /** A session ends when nothing happens for so long. */
    private static final Duration SILENCE = Duration.ofMinutes(30);

    private final Questions questions;

    public History(Questions questions) {
        this.questions = questions;
    }

    /** The events of people, as GraphQL has them, the last first; empty while the project has no events at all. */
    Optional<Object> timeline(Project project, Collection<String> ids, Filter filter, Page page) {
        var collections = collections(project);
        return collections.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        questions.events(project, collections, new Filter.And(List.of(behind(ids), filter)), page));
    }

    /** The events by which they were known then, until then. */
    Optional<Object> timeline(Project project, Then then, Filter filter, Page page) {
        return timeline(project, then.ids(), new Filter.And(List.of(until(then), filter)), page);
    }

    /** When people were there, by the people; those without events are absent. Asked of all their ids. */
    Map<String, Activity> activities(Project project, Collection<String> ids) {
        return activities(
                project, events -> events.named(EventCollection.PERSON).expression(), behind(ids));
    }

    /** When someone had been there by then; empty: they had not. */
    Optional<Activity> activity(Project project, Then then) {
        var person = then.ids().getFirst();
        var activities = activities(
                project,
                events -> sql("{}::text", SqlFragment.text(person)),
                new Filter.And(List.of(behind(then.ids()), until(then))));
        return Optional.ofNullable(activities.get(person));
    }

    /** @param persons who is behind an event */
    private Map<String, Activity> activities(
            Project project, Function<SqlRelation, SqlFragment> persons, Filter filter) {
        var collections = collections(project);
        var activities = new HashMap<String, Activity>();
        if (collections.isEmpty()) {
            return activities;
        }
        var events = questions.sqlRelation(project, collections);
        var person = persons.apply(events);
        var time = events.named(EventCollection.TIME).expression();
        var statement = sql(
                """
                select person, min(time), max(time), count(*) filter (where silence is null or silence >= {})
                from (
                    select
                        {} as person,
                        {} as time,
                        {} - lag({}) over (partition by {} order by {}) as silence
                    from {}
                    where {}
                ) as seen
                group by 1\
                """,
                seconds(SILENCE),
                person,
                time,
                time,
                time,
                person,
                time,
                events.table(),
                events.condition(filter));
        for (var row : questions.read(project, snapshot -> snapshot.rows(statement))) {
            activities.put(
                    (String) Objects.requireNonNull(row.getFirst()),
                    new Activity(
                            (Instant) Objects.requireNonNull(row.get(1)),
                            (Instant) Objects.requireNonNull(row.get(2)),
                            (Long) Objects.requireNonNull(row.get(3))));
        }
        return activities;
    }

    private List<String> collections(Project project) {
        return questions.relations(project).stream()
                .filter(Relation::isOfEvents)
                .map(Relation::name)
                .toList();
    }

    /** In words that find the events by their indexes. */
    private static Filter behind(Collection<String> ids) {
        List<Object> values = List.copyOf(ids);
        return new Filter.Or(List.of(
                new Filter.In("_user", values),
                new Filter.And(List.of(new Filter.IsSet("_user", false), new Filter.In("_anonymous", values)))));
    }

    private static Filter until(Then then) {
        return new Filter.Compare(EventCollection.TIME, Filter.Comparison.LTE, then.asOf());
    }

    private static SqlFragment seconds(Duration duration) {
        return sql("make_interval(secs => {}::integer)", SqlFragment.number(duration.toSeconds()));
    }
}
