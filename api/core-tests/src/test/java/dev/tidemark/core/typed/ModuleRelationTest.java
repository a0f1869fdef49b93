package dev.tidemark.core.typed;

import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Answer;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Grouping;
import dev.tidemark.spi.Measure;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.Relation;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a module adds as a relation has typed fields, as a collection has. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModuleRelationTest {

    private static final Relation.Column DAY = new Relation.Column("day", "day", ColumnType.DATE);
    private static final Relation.Column COUNTRY = new Relation.Column("country", "country", ColumnType.TEXT);
    private static final Relation.Column VISITS = new Relation.Column("visits", "visits", ColumnType.LONG);

    private final VisitsModule module = new VisitsModule();
    private final HeardRelation heard = new HeardRelation();

    @AutoClose
    private TestEngine engine;

    private TestProject site;

    @BeforeAll
    void fill(PostgresAddress address) {
        engine = TestEngine.start(address, module);
        site = engine.project();
    }

    @Test
    void itsRowsAreReadInPages() {
        var page = object(site.query("""
                    { data { dailyVisits { rows(first: 2, where: {country: {eq: "DE"}}, orderBy: {by: VISITS, direction: DESC}) {
                        nodes { day country visits } pageInfo { hasNextPage } explain { sql } freshness { servedFrom isExact } } } } }
                    """), "data", "dailyVisits", "rows");

        assertThat(list(page, "nodes"))
                .isEqualTo(List.of(
                        Map.of("day", "2026-01-03", "country", "DE", "visits", 5L),
                        Map.of("day", "2026-01-01", "country", "DE", "visits", 3L)));
        assertThat(object(page, "pageInfo")).containsEntry("hasNextPage", false);
        assertThat(object(page, "freshness")).isEqualTo(Map.of("servedFrom", "RAW", "isExact", true));
    }

    @Test
    void itIsAggregatedAsACollectionIs() {
        var answer = object(site.query("""
                    { data { dailyVisits { aggregate(
                        timeBucket: {unit: DAY}, fillGaps: true, having: {measure: "rows", lt: 2}
                    ) { rows { bucket rows: count visits: sum(of: VISITS) perRow: ratio(of: "visits", over: "rows") }
                        freshness { servedFrom } } } } }
                    """), "data", "dailyVisits", "aggregate");

        assertThat(list(answer, "rows"))
                .extracting(row -> row.get("bucket"), row -> row.get("visits"), row -> row.get("perRow"))
                .containsExactly(tuple("2026-01-02T00:00:00Z", null, null), tuple("2026-01-03T00:00:00Z", 5L, 5.0));
    }

    @Test
    void aRelationThatAnswersItselfIsAskedAQuestion() {
        var answer = site.query("""
            { data { heard { aggregate(groupBy: COUNTRY, where: {visits: {gt: 1}}) { rows {
                group { country } total: sum(of: VISITS) } freshness { servedFrom isExact errorBound } } } } }
            """);

        assertThat(object(answer, "data", "heard", "aggregate"))
                .isEqualTo(Map.of(
                        "rows", List.of(Map.of("group", Map.of("country", "DE"), "total", 8L)),
                        "freshness", Map.of("servedFrom", "ROLLUP", "isExact", false, "errorBound", 0.5)));
        assertThat(heard.questions)
                .containsExactly(Aggregate.of(
                                List.of("heard"),
                                new Filter.Compare("visits", Filter.Comparison.GT, 1L),
                                List.of(new Measure.Sum("total", "visits")))
                        .by(List.of(new Grouping.ByColumn("country", "country"))));
    }

    @Test
    void onlyCollectionsHavePeopleAndEventsAndOnlyWhatHasAKeyHasRows() {
        assertThat(fields("DailyVisitsAggregateGroup")).contains("count").doesNotContain("people", "events");
        assertThat(fields("DailyVisitsRelation")).containsExactlyInAnyOrder("rows", "aggregate");
        assertThat(fields("HeardRelation")).containsExactly("aggregate");
    }

    @Test
    void aColumnThatItGetsIsThereAtOnceAndOnlyACollectionThatWasThereBeforeHidesIt() {
        var before = engine.project();
        before.collect(Event.of("late").with("reason", "rain"));
        var project = engine.project();
        assertThat(fields(project, "LateRow")).isEmpty();

        module.addLate(project.project(), COUNTRY);
        assertThat(fields(project, "LateRow")).containsExactly("country");

        module.addLate(project.project(), DAY);
        assertThat(fields(project, "LateRow")).containsExactly("country", "day");

        assertThat(project.query("""
                        mutation { collect(input: {events: [{collection: "late", properties: {reason: "rain"}}]}) {
                          stored outcomes { reason { code } }
                        } }
                        """).toString()).contains("stored=0", "name_taken");
        assertThat(fields(project, "LateRow")).containsExactly("country", "day");
        assertThat(fields(before, "LateRow")).contains("reason").doesNotContain("day");
    }

    @Test
    void whoMistypesACollectionOfEventsIsToldOfNoneThatHasNoEvents() {
        var site = engine.project();
        site.collect(Event.of("daily"));

        assertThat(site.answer("{ events(collection: \"daily_visit\") { nodes { id } } }", Map.of()))
                .asString()
                .contains("There is no collection \"daily_visit\".")
                .doesNotContain("daily_visits");
        assertThat(site.answer(
                        "{ aggregate(collection: \"daily_visit\", measures: {measure: COUNT}) { rows { measures } } }",
                        Map.of()))
                .asString()
                .contains("Did you mean \"daily_visits\"?");
    }

    private List<Object> fields(String type) {
        return fields(site, type);
    }

    private static List<Object> fields(TestProject project, String type) {
        var known = project.query("{ __type(name: \"" + type + "\") { fields { name } } }")
                .get("__type");
        return known == null
                ? List.of()
                : list(object(known), "fields").stream()
                        .map(field -> (Object) field.get("name").toString())
                        .toList();
    }

    /** Adds a table, a relation that answers itself, and, once it has columns, another table. */
    private final class VisitsModule implements AnalyticsModule {

        private final List<Relation.Column> late = new CopyOnWriteArrayList<>();
        private @Nullable ModuleContext context;

        void addLate(Project project, Relation.Column column) {
            var lent = Objects.requireNonNull(context);
            lent.questions().changeRelations(project, lent.databases().of(project), connection -> late.add(column));
        }

        @Override
        public String name() {
            return "visits";
        }

        @Override
        public Contribution contribute(ModuleContext lent) {
            context = lent;
            return Contribution.builder()
                    .relations(project -> {
                        var added = new ArrayList<Relation>();
                        added.add(lent.questions()
                                .table(
                                        project,
                                        "daily_visits",
                                        "_visits",
                                        List.of(DAY, COUNTRY, VISITS),
                                        List.of("day", "country")));
                        added.add(heard);
                        if (!late.isEmpty()) {
                            added.add(lent.questions()
                                    .table(project, "late", "_visits", List.copyOf(late), List.of("country")));
                        }
                        return added;
                    })
                    .build();
        }
    }

    /** Answers everything alike. */
    private static final class HeardRelation implements Relation {

        private final List<Question> questions = new CopyOnWriteArrayList<>();

        @Override
        public String name() {
            return "heard";
        }

        @Override
        public List<Column> columns() {
            return List.of(COUNTRY, VISITS);
        }

        @Override
        public Answer answer(Question question) {
            questions.add(question);
            return new Answer(
                    List.of("country", "total"),
                    List.of(List.<@Nullable Object>of("DE", 8L)),
                    new Answer.Freshness(Instant.EPOCH, Answer.Source.ROLLUP, Optional.of(0.5)));
        }
    }
}
