package dev.tidemark.core.events.ingestion;

import static dev.tidemark.core.events.EventNode.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tidemark.core.catalog.changes.ChangeJob;
import dev.tidemark.core.catalog.changes.WaitingJob;
import dev.tidemark.core.catalog.snapshot.CatalogLimits;
import dev.tidemark.core.events.EventNode;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Position;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Refusal;
import dev.tidemark.spi.Submission;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestRun;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class IngestionTest {

    @AutoClose
    private final EventNode node;

    private Project project;

    IngestionTest(PostgresAddress address) {
        this.node = EventNode.start(address);
    }

    @BeforeEach
    void project() {
        project = node.project();
    }

    @Test
    void anEventComesBackAsItWasSent() {
        var time = Instant.parse("2026-11-20T10:11:12.123456Z");
        var sent = event(
                        "Page View", "url", "/a", "Load Time", 12L, "ratio", 0.5, "ok", true, "tags", List.of("a", "b"))
                .at(time)
                .by("anna")
                .byVisitor("v1")
                .withMessageId("m1");

        var outcomes = node.collect(project, sent);

        assertThat(outcomes).hasSize(1).first().isInstanceOf(Outcome.Stored.class);
        var stored = node.all(project);
        assertThat(stored).hasSize(1);
        assertThat(stored.getFirst().event()).isEqualTo(sent);
        assertThat(stored.getFirst().receivedAt()).isEqualTo(EventNode.NOW);
        assertThat(stored.getFirst().id()).isEqualTo(((Outcome.Stored) outcomes.getFirst()).id());
        assertThat(stored.getFirst().position().commit()).isEqualTo(1);
    }

    @Test
    void anEventWithoutTimeHappenedWhenItWasReceived() {
        node.collect(project, event("a"));

        assertThat(node.all(project).getFirst().event().time()).contains(EventNode.NOW);
    }

    @Test
    void eventsOfManyCollectionsAreStoredTogetherAndReadInTheOrderOfTheirCommits() {
        var events = IntStream.range(0, 100)
                .mapToObj(i -> event("c" + i % 3, "n", i))
                .toList();

        node.collect(project, List.of(event("c0", "n", -1L)));
        node.collect(
                project,
                events.stream()
                        .map(e -> e.with("n", ((Integer) e.properties().get("n")).longValue()))
                        .toList());

        var stored = node.all(project);
        assertThat(stored)
                .hasSize(101)
                .isSortedAccordingTo((a, b) -> a.position().compareTo(b.position()));
        assertThat(stored.stream().map(e -> e.position().commit()).distinct()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(node.text(project, "sum(events) from _commit")).isEqualTo("101");
    }

    @Test
    void whatMayNotBeMadeBeforeTheFirstEventIsToldWithItsPlace() {
        assertThatThrownBy(() -> node.events.prepare(project, "_evil", Map.of()))
                .asInstanceOf(type(CallerException.class))
                .satisfies(refusal -> assertThat(refusal.path()).containsExactly("collection"))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_USER_INPUT));
    }

    @Test
    void readingGoesOnAnywhere() {
        for (int batch = 0; batch < 5; batch++) {
            node.collect(
                    project,
                    IntStream.range(0, 7)
                            .mapToObj(i -> event("a", "n", (long) i))
                            .toList());
        }
        var all = node.all(project);

        for (int i = 0; i < all.size(); i++) {
            var rest = node.committed.read(project, all.get(i).position(), 4);

            assertThat(rest).isEqualTo(all.subList(i + 1, Math.min(i + 5, all.size())));
        }
        assertThat(node.committed.read(project, Position.START, 1)).containsExactly(all.getFirst());
    }

    @Test
    void aMessageIdCountsOnceWithinABatchAndAcrossBatches() {
        var outcomes = node.collect(
                project,
                event("a", "n", 1L).withMessageId("x"),
                event("a", "n", 2L),
                event("b", "n", 3L).withMessageId("x"),
                event("a", "n", 4L).withMessageId("y"));
        var again = node.collect(
                project,
                event("a", "n", 5L).withMessageId("y"),
                event("a", "n", 6L).withMessageId("z"));

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Stored.class);
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Stored.class);
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Duplicate.class);
        assertThat(outcomes.get(3)).isInstanceOf(Outcome.Stored.class);
        assertThat(again.get(0)).isInstanceOf(Outcome.Duplicate.class);
        assertThat(again.get(1)).isInstanceOf(Outcome.Stored.class);
        assertThat(numbers()).containsExactlyInAnyOrder(1L, 2L, 4L, 6L);
        assertThat(node.count(project, "_message")).isEqualTo(3);
    }

    @Test
    void aBatchOfDuplicatesOnlyMakesNoPosition() {
        node.collect(project, event("a").withMessageId("x"));

        node.collect(project, event("a").withMessageId("x"));

        assertThat(node.count(project, "_commit")).isEqualTo(1);
    }

    @Test
    void moreEventsThanABlockOfIdsAreSeveralRanges() {
        var events = IntStream.range(0, 25_001)
                .mapToObj(i -> event("a", "n", (long) i))
                .toList();

        var outcomes = node.collect(project, events);

        assertThat(outcomes).allMatch(outcome -> outcome instanceof Outcome.Stored);
        assertThat(node.count(project, "_commit")).isEqualTo(3);
        assertThat(numbers())
                .isEqualTo(events.stream().map(e -> e.properties().get("n")).toList());
    }

    @Test
    void whatIsRefusedIsADeadLetterAndTheRestIsStored() {
        var properties = new java.util.LinkedHashMap<String, Object>();
        IntStream.range(0, 5_000).forEach(i -> properties.put("p" + i, 1L));
        Event many = new Event("a", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), properties);
        List<Submission> submissions = new ArrayList<>(List.of(
                event("a", "n", 1L),
                event("_mine", "n", 1L),
                event("", "n", 1L),
                event("a", "n", 1L).at(Instant.parse("2036-01-01T00:00:00Z")),
                event("a", "n", 1L).by("x".repeat(1_001)),
                event("a", "n", 1L).by("x\0"),
                event("a", "n", "x\0y"),
                event("a", "n\ud800", 1L),
                event("a", "n", "x".repeat(300_000)),
                many,
                new Submission.Unreadable("{\"a\":\0", new Refusal("bad_json", "", "Line 1")),
                event("a", "n", 2L)));

        var outcomes = node.collect(project, submissions);

        assertThat(outcomes)
                .extracting(outcome -> outcome instanceof Outcome.Refused refused
                        ? refused.reason().code()
                        : "stored")
                .containsExactly(
                        "stored",
                        "bad_collection",
                        "bad_collection",
                        "time_out_of_range",
                        "bad_user",
                        "not_storable",
                        "not_storable",
                        "not_storable",
                        "event_too_large",
                        "too_many_properties",
                        "bad_json",
                        "stored");
        assertThat(node.count(project, "_dead_letter")).isEqualTo(10);
        assertThat(node.text(project, "raw from _dead_letter where code = 'time_out_of_range'"))
                .isEqualTo("{\"collection\":\"a\",\"time\":\"2036-01-01T00:00:00Z\",\"properties\":{\"n\":1}}");
        assertThat(numbers()).containsExactly(1L, 2L);
    }

    @Test
    void anEventThatOnlyPostgresqlRefusesCondemnsNobodyElse() {
        var long3byte = new StringBuilder();
        new java.util.Random(7).ints(1_000, 0x4e00, 0x9fff).forEach(c -> long3byte.append((char) c));
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            var event = event("a", "n", (long) i).withMessageId("m" + i);
            events.add(i == 17 || i == 200 ? event.by(long3byte.toString()) : event);
        }

        var outcomes = node.collect(project, events);

        assertThat(outcomes.get(17)).isInstanceOf(Outcome.Refused.class);
        assertThat(outcomes.get(200)).isInstanceOf(Outcome.Refused.class);
        assertThat(numbers()).hasSize(298).doesNotContain(17L, 200L);
        assertThat(node.text(project, "string_agg(code, ',') from _dead_letter"))
                .isEqualTo("not_storable,not_storable");
        assertThat(node.text(project, "message from _dead_letter limit 1")).contains("fault ");
    }

    @Test
    void aValueThatDoesNotFitIsKeptBesideWithAWarning() {
        node.collect(project, event("a", "text", "x", "number", 1L, "truth", true));

        var outcomes = node.collect(
                project, event("a", "text", List.of("test"), "number", "abc", "truth", 5L, "nested", Map.of("x", 1L)));

        var warnings = ((Outcome.Stored) outcomes.getFirst()).warnings();
        assertThat(warnings)
                .extracting(Refusal::pointer)
                .containsExactly("/properties/text", "/properties/number", "/properties/truth");
        assertThat(node.all(project).getLast().event().properties())
                .isEqualTo(Map.of("text", List.of("test"), "number", "abc", "truth", 5L, "nested.x", 1L));
        assertThat(node.text(project, "sum(count) from _warning")).isEqualTo("3");
    }

    @Test
    void whatIsBeyondTheCapOfColumnsIsKeptBeside(PostgresAddress address) {
        try (var capped = EventNode.start(address, new CatalogLimits(2, 100, 1_000, 100, 1_000))) {
            var outcomes = capped.collect(project, event("a", "x", 1L, "y", 2L, "z", 3L), event("a", "w", 4L));

            assertThat(outcomes)
                    .flatExtracting(outcome -> ((Outcome.Stored) outcome).warnings())
                    .extracting(Refusal::code)
                    .containsExactly("too_many_columns", "too_many_columns");
        }
        assertThat(node.all(project))
                .extracting(stored -> stored.event().properties())
                .containsExactly(Map.of("x", 1L, "y", 2L, "z", 3L), Map.of("w", 4L));
    }

    @Test
    void aReaderWhoTakesHisTimeHoldsUpNoEventWithANewPropertyWhichGetsItsColumnLater() {
        node.collect(project, event("a", "n", 1L));

        var outcomes = node.databases.of(project).transaction(reading -> {
            reading.createStatement().executeQuery("select * from a");
            return node.collect(
                    project, event("a", "n", 2L, "fresh", "x"), event("a", "n", 0.5), event("b", "fresh", "y"));
        });
        node.collect(project, event("a", "later", "z"));

        assertThat(outcomes)
                .extracting(outcome -> ((Outcome.Stored) outcome)
                        .warnings().stream().map(Refusal::code).toList())
                .containsExactly(List.of("table_in_use"), List.of("table_in_use"), List.of());
        assertThat(node.all(project))
                .extracting(stored -> stored.event().properties())
                .containsExactlyInAnyOrder(
                        Map.of("n", 1L),
                        Map.of("n", 2L, "fresh", "x"),
                        Map.of("n", 0.5),
                        Map.of("fresh", "y"),
                        Map.of("later", "z"));
        assertThat(node.text(project, "count(fresh) from b")).isEqualTo("1");
        assertThat(node.text(project, "count(later) from a")).isEqualTo("1");

        var run = new TestRun(node.databases);
        new WaitingJob(node.catalogs, Clock.systemUTC()).run(run);
        assertThat(node.text(project, "count(fresh) from a")).isEqualTo("0");
        new WaitingJob(node.catalogs, Clock.systemUTC()).run(run);
        List<String> filled = new ArrayList<>();
        new ChangeJob(
                        node.catalogs,
                        node.databases,
                        () -> List.of(
                                (of, collection, property, transaction) -> filled.add(collection + "." + property)),
                        Clock.systemUTC())
                .run(run);

        assertThat(node.text(project, "string_agg(concat_ws(' ', n, fresh, later, _extra), ', ' order by _id) from a"))
                .isEqualTo("1, 2 x, 0.5, z");
        assertThat(filled).containsExactlyInAnyOrder("a.n", "a.fresh");
        assertThat(node.count("select count(*) from tidemark.pending_work")).isZero();
    }

    @Test
    void aCompanionIsWrittenWithTheEventsOrNotAtAll() {
        node.collect(project, event("a", "n", 0L));
        node.databases
                .of(project)
                .transaction(connection -> connection.createStatement().execute("create table side (n int)"));

        var outcomes =
                node.events.collect(project, List.of(event("a", "n", 1L)), EventNode.origin(), (connection, known) -> {
                    assertThat(known.getFirst()).isInstanceOf(Outcome.Stored.class);
                    connection.createStatement().execute("insert into side values (1)");
                });
        assertThatThrownBy(() -> node.events.collect(
                        project, List.of(event("a", "n", 2L)), EventNode.origin(), (connection, known) -> {
                            connection.createStatement().execute("insert into side values (2)");
                            throw new IllegalStateException("changed my mind");
                        }))
                .hasMessage("changed my mind");
        assertThatThrownBy(() -> node.events.collect(
                        project,
                        List.of(event("a", "n", 3L)),
                        EventNode.origin(),
                        (connection, known) -> connection.createStatement().execute("insert into side values (1/0)")))
                .isInstanceOf(dev.tidemark.spi.DatabaseException.class);

        assertThat(outcomes.getFirst()).isInstanceOf(Outcome.Stored.class);
        assertThat(node.count(project, "side")).isEqualTo(1);
        assertThat(numbers()).containsExactly(0L, 1L);
        assertThat(node.count(project, "_dead_letter")).isZero();
    }

    private List<Object> numbers() {
        return node.all(project).stream()
                .map(stored -> stored.event().properties().get("n"))
                .toList();
    }
}
