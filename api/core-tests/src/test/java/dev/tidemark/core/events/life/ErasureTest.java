package dev.tidemark.core.events.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Position;
import dev.tidemark.spi.Refusal;
import dev.tidemark.spi.Submission;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErasureTest {

    private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATE = Instant.parse("2026-03-01T00:00:00Z");

    private PostgresAddress database;

    @AutoClose
    private TestEngine engine;

    private TestProject project;

    @BeforeAll
    void start(PostgresAddress address) {
        database = address;
        engine = TestEngine.start(address);
    }

    @BeforeEach
    void makeProject() {
        project = engine.project();
    }

    @Test
    void aPersonsEventsAreDeletedEverywhereAndToldByCollection() {
        project.collect(
                Event.of("visit").by("ann").at(EARLY).with("n", 1L),
                Event.of("visit").by("ann").at(EARLY).with("n", "odd"),
                Event.of("visit").by("bob").at(LATE).with("n", 2L),
                Event.of("buy").by("ann").at(LATE),
                Event.of("other").by("bob"));

        var erasure = erased("user: \"ann\"");

        assertThat(erasure)
                .containsEntry("events", 3L)
                .containsEntry(
                        "collections",
                        List.of(
                                Map.of("collection", "buy", "events", 1L),
                                Map.of("collection", "visit", "events", 2L)));
        assertThat(project.query("""
                { collections { name eventCount firstEvent lastEvent } warnings { sample count } }
                """))
                .asString()
                .contains(
                        "{name=visit, eventCount=1, firstEvent=2026-03-01T00:00:00Z, lastEvent=2026-03-01T00:00:00Z}",
                        "{name=buy, eventCount=0, firstEvent=null, lastEvent=null}",
                        "sample=, count=1");
        assertThat(project.engine().committedEvents().read(project.project(), Position.START, 10))
                .extracting(event -> event.event().user().orElseThrow())
                .containsExactly("bob", "bob");
    }

    @Test
    void aVisitorsEventsAreDeletedToo() {
        project.collect(
                Event.of("visit").byVisitor("v1").at(EARLY),
                Event.of("visit").byVisitor("v2").at(EARLY),
                Event.of("visit").by("v1").at(EARLY));

        assertThat(erased("anonymous: \"v1\"")).containsEntry("events", 1L);
        assertThat(project.query("{ collection(name: \"visit\") { eventCount } }"))
                .asString()
                .contains("eventCount=2");
    }

    @Test
    void deadLettersThatAreAboutThePersonAreDeletedAndNoOthers() {
        collect(
                Event.of("_bad").by("ann"),
                Event.of("_bad").by("bob").with("plan", "ann"),
                unreadable("{\"type\": \"track\", \"userId\": \"ann\"}"),
                unreadable("{\"user\": \"ann\", cut…"),
                unreadable("{\"user\": \"anna\", cut…"));

        assertThat(erased("user: \"ann\"")).containsEntry("deadLetters", 3L);
        assertThat(project.query("{ deadLetters { nodes { raw } } }"))
                .asString()
                .contains("bob", "anna")
                .doesNotContain("track");
    }

    @Test
    void deadLettersThatCallThePersonAnAliasAreDeletedToo() {
        collect(
                unreadable(
                        "{\"event\": \"$create_alias\", \"distinct_id\": \"bob\", \"properties\": {\"alias\": \"ann\"}}"),
                unreadable("{\"event\": \"$identify\", \"distinct_id\": \"bob\", \"$anon_distinct_id\": \"ann\"}"));

        assertThat(erased("person: \"ann\"")).containsEntry("deadLetters", 2L);
    }

    @Test
    void whatDidNotFitANewTypeIsShownNoMoreOnceItsEventIsErased() {
        project.collect(
                Event.of("order").by("ann").with("zip", "ann's"),
                Event.of("order").by("bob").with("zip", "10115"));
        project.query("""
                mutation {
                  changePropertyType(input: {collection: "order", property: "zip", type: LONG}) { userErrors { message } }
                }
                """);
        await().until(() -> changes().contains("finishedAt=20"));
        assertThat(changes()).contains("ann's", "unconverted=1");

        erased("user: \"ann\"");

        assertThat(changes()).contains("sample=null", "unconverted=1");
    }

    private String changes() {
        return project.query("{ propertyChanges { sample unconverted finishedAt } }")
                .toString();
    }

    @Test
    void anErasedEventThatIsSentAgainDoesNotComeBack() {
        var event = Event.of("visit").by("ann").withMessageId("m");
        project.collect(event);
        erased("user: \"ann\"");

        assertThat(collect(event)).singleElement().isInstanceOf(Outcome.Duplicate.class);
    }

    @Test
    void whoItWasIsForgottenWithTheLastEvent() {
        project.collect(Event.of("visit").by("ann"));

        erased("user: \"ann\"");

        assertThat(project.query("{ erasures { id events deadLetters requestedAt finishedAt } }"))
                .asString()
                .doesNotContain("ann");
    }

    @Test
    void aProjectWhoseErasureFailsHoldsUpNoOtherAndIsMadeUpFor() throws SQLException {
        var broken = project;
        broken.collect(Event.of("visit").by("ann"));
        execute("alter table %s._dead_letter rename to hidden"
                .formatted(broken.project().slug()));
        var failing = requested("user: \"ann\"");

        project = engine.project();
        project.collect(Event.of("visit").by("ann"));
        assertThat(erased("user: \"ann\"")).containsEntry("events", 1L);

        project = broken;
        assertThat(receipt(failing)).containsEntry("finishedAt", null);
        execute("alter table %s.hidden rename to _dead_letter"
                .formatted(broken.project().slug()));
        assertThat(finished(failing)).containsEntry("events", 1L);
    }

    @Test
    void eitherAUserOrAVisitorIsToBeNamed() {
        for (var input : List.of("", "user: \"a\", anonymous: \"b\"", "user: \" \"")) {
            assertThat(project.query(
                            "mutation { eraseUser(input: {" + input + "}) { erasure { id } userErrors { code } } }"))
                    .asString()
                    .contains("BAD_USER_INPUT");
        }
    }

    @Test
    void aDeadLetterThatIsRetriedMeanwhileIsNoWayBack() throws SQLException {
        project.collect(Event.of("a").by("ann"), Event.of("b").by("ann"));
        collect(unreadable("{\"collection\": \"a\", \"user\": \"ann\", \"time\": \"soon\"}"));

        Object erasure;
        try (var connection = project.connect(database);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select from b for update");
            erasure = requested("user: \"ann\"");
            await().until(() -> receipt(erasure).toString().contains("collection=a"));
            project.query("mutation { retryDeadLetters(input: {where: {}, patch: {time: null}}) { stored } }");
            connection.commit();
        }
        finished(erasure);

        assertThat(project.engine().committedEvents().read(project.project(), Position.START, 10))
                .isEmpty();
    }

    @Test
    void countsAgreeWithTheTablesWhileEventsKeepComing() throws Exception {
        project.collect(Event.of("visit").by("ann"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sending = threads.submit(() -> {
                for (int batch = 0; batch < 20; batch++) {
                    List<Event> events = new ArrayList<>();
                    for (int i = 0; i < 200; i++) {
                        events.add(Event.of("visit").by("user" + i % 10).with("n", (long) i));
                    }
                    project.collect(events.toArray(Event[]::new));
                }
                return true;
            });
            for (int user = 0; user < 4; user++) {
                erased("user: \"user" + user + "\"");
            }
            assertThat(sending.get()).isTrue();
        }
        for (int user = 0; user < 4; user++) {
            erased("user: \"user" + user + "\"");
        }

        assertThat(project.query("""
                {
                  collection(name: "visit") { eventCount }
                  aggregate(collection: "visit", measures: [{measure: COUNT}]) { rows { measures } }
                }
                """)).asString().contains("eventCount=2401", "count=2401");
    }

    private List<Outcome> collect(Submission... submissions) {
        return project.engine().events().collect(project.project(), List.of(submissions), Origin.of("test", EARLY));
    }

    private static Submission unreadable(String raw) {
        return new Submission.Unreadable(raw, new Refusal("bad", "", "It is bad."));
    }

    /** The receipt, once all is deleted. */
    @Test
    void erasuresOfWhichAllTogetherAreTooLargeToBeReadEnd() throws SQLException {
        project.collect(Event.of("visit").by("ann"));
        var tooMuchTogether = Runtime.getRuntime().maxMemory() / 32 / 25 + 1;
        execute("""
                insert into %s._erasure (kind, ids, requested_at)
                select 'USER', array[repeat('x', %d)], now()
                from generate_series(1, 26)
                """.formatted(project.project().slug(), tooMuchTogether));

        assertThat(erased("user: \"ann\"")).containsEntry("events", 1L);
    }

    private Map<String, Object> erased(String whose) {
        return finished(requested(whose));
    }

    @SuppressWarnings("unchecked")
    private Object requested(String whose) {
        var data = project.query(
                "mutation { eraseUser(input: {" + whose + "}) { erasure { id } userErrors { message } } }");
        return ((Map<String, Map<String, Object>>) data.get("eraseUser"))
                .get("erasure")
                .get("id");
    }

    private Map<String, Object> finished(Object id) {
        return await().atMost(Duration.ofMinutes(1))
                .until(() -> receipt(id), erasure -> erasure.get("finishedAt") != null);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> receipt(Object id) {
        return ((List<Map<String, Object>>) project.query(
                                "{ erasures { id finishedAt events deadLetters collections { collection events } } }")
                        .get("erasures"))
                .stream()
                        .filter(erasure -> id.equals(erasure.get("id")))
                        .findFirst()
                        .orElseThrow();
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
