package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.ErasureListener;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.EventListener;
import dev.tidemark.spi.EventMapper;
import dev.tidemark.spi.EventValidator;
import dev.tidemark.spi.Job;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Project;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A module that does what it should not harms nobody but itself. */
@ExtendWith(PostgresExtension.class)
@Timeout(60)
class CarelessModuleTest {

    private static final String COUNT =
            "{ aggregate(collection: \"knock\", measures: {measure: COUNT}) { rows { measures } } }";

    private final PostgresAddress database;

    CarelessModuleTest(PostgresAddress database) {
        this.database = database;
    }

    @Test
    void aHintThatThrowsKeepsNoOtherFromHearingOfCommits() {
        var thrown = new AtomicInteger();
        var heard = new AtomicInteger();
        Runnable bad = () -> {
            thrown.incrementAndGet();
            throw new NoClassDefFoundError("example/Missing");
        };
        try (var engine = TestEngine.start(database)) {
            var project = engine.project();
            var events = engine.engine().committedEvents();
            try (var _ = events.watch(project.project(), bad);
                    var _ = events.watch(project.project(), heard::incrementAndGet)) {
                project.collect(Event.of("knock"));
                await().until(() -> thrown.get() > 2 && heard.get() > 2);

                assertThat(engine.engine().isReady()).isTrue();
            }
        }
    }

    @Test
    void aHintThatInterruptsItsThreadIsGivenAgain() {
        var hints = new AtomicInteger();
        try (var engine = TestEngine.start(database)) {
            try (var _ = engine.engine()
                    .committedEvents()
                    .watch(engine.project().project(), () -> {
                        hints.incrementAndGet();
                        Thread.currentThread().interrupt();
                    })) {
                await().until(() -> hints.get() > 3);
            }
        }
    }

    @Test
    void aListenerForWhomSoManyEventsAreTooMuchIsToldOfFewer() {
        var heard = new ConcurrentHashMap<Project, Integer>();
        var module = new Careless(added -> added.listener((project, events, transaction) -> {
            if (events.size() > 2) {
                throw new CallerException(ErrorCode.QUERY_TOO_COMPLEX, "What is known of them is too much at once.");
            }
            heard.merge(project, events.size(), Integer::sum);
        }));
        try (var engine = TestEngine.start(database, module)) {
            var project = engine.project();
            project.collect(Event.of("knock"), Event.of("knock"), Event.of("knock"));

            await().untilAsserted(() -> assertThat(heard).containsEntry(project.project(), 3));
        }
    }

    @Test
    void aListenerThatFailsWithOnePropertyHoldsUpNoOtherAndWhoAskedSeesThatItFails() {
        var module = new Careless(added -> added.propertyListener((project, collection, property, transaction) -> {
            if (property.equals("bad")) {
                throw new NoClassDefFoundError("example/Missing");
            }
        }));
        try (var engine = TestEngine.start(database, module)) {
            var project = engine.project();
            project.collect(Event.of("knock").with("bad", 1L).with("good", 1L));
            for (var property : List.of("bad", "good")) {
                project.query("""
                        mutation { changePropertyType(input: {collection: "knock", property: "%s", type: TEXT}) {
                          userErrors { message } } }
                        """.formatted(property));
            }

            await().untilAsserted(() -> assertThat(project.query("{ propertyChanges { column status problem } }")
                            .toString())
                    .contains("{column=good, status=FINISHED, problem=null}")
                    .containsPattern("column=bad, status=RUNNING, problem=An internal error .*lastError"));
        }
    }

    @Test
    void aListenerThatFailsWithOnePersonHoldsUpNoOtherErasure() {
        var module = new Careless(added -> added.erasureListener(new ErasureListener() {
            @Override
            public Map<String, Long> forgotten(Project project, String id, Connection transaction) {
                if (id.equals("bad")) {
                    throw new NoClassDefFoundError("example/Missing");
                }
                return Map.of();
            }
        }));
        try (var engine = TestEngine.start(database, module)) {
            var project = engine.project();
            project.collect(Event.of("knock").by("bad"), Event.of("knock").by("good"));
            for (var user : List.of("bad", "good")) {
                project.query(
                        "mutation { eraseUser(input: {user: \"%s\"}) { userErrors { message } } }".formatted(user));
            }

            await().untilAsserted(() -> assertThat(
                            project.query("{ erasures { events finishedAt } }").toString())
                    .containsPattern("events=1, finishedAt=2.*events=0, finishedAt=null"));
        }
    }

    @Test
    void whatListenersThrowAsLanguagesWithoutCheckedExceptionsDoHoldsUpNoOther() {
        var module = new Careless(added -> added.propertyListener((project, collection, property, transaction) -> {
                    if (property.equals("bad")) {
                        CarelessModuleTest.<RuntimeException>throwUnseen(new IOException("mine to fail"));
                    }
                })
                .erasureListener(new ErasureListener() {
                    @Override
                    public Map<String, Long> forgotten(Project project, String id, Connection transaction) {
                        if (id.equals("bad")) {
                            CarelessModuleTest.<RuntimeException>throwUnseen(new IOException("mine to fail"));
                        }
                        return Map.of();
                    }
                }));
        try (var engine = TestEngine.start(database, module)) {
            var project = engine.project();
            project.collect(Event.of("knock").by("good").with("bad", 1L).with("good", 1L));
            for (var name : List.of("bad", "good")) {
                project.query("""
                        mutation {
                          changePropertyType(input: {collection: "knock", property: "%s", type: TEXT}) { userErrors { message } }
                          eraseUser(input: {user: "%s"}) { userErrors { message } }
                        }
                        """.formatted(name, name));
            }

            await().untilAsserted(() -> assertThat(project.query(
                                    "{ propertyChanges { column status problem } erasures { events finishedAt } }")
                            .toString())
                    .contains("{column=good, status=FINISHED, problem=null}")
                    .containsPattern("column=bad, status=RUNNING, problem=An internal error .*lastError")
                    .containsPattern("events=1, finishedAt=2.*events=0, finishedAt=null"));
        }
    }

    @Test
    void aListenerOfCollectionsThatThrowsKeepsNoOtherFromHearing() {
        var heard = new AtomicInteger();
        var module = new Careless(added -> added.collectionListener((project, collections) -> {
                    throw new NoClassDefFoundError("example/Missing");
                })
                .collectionListener((project, collections) -> heard.incrementAndGet()));
        try (var engine = TestEngine.start(database, module)) {
            engine.project().collect(Event.of("knock"));

            await().until(() -> heard.get() > 0);
        }
    }

    @Test
    void whateverAMapperOrAValidatorThrowsCostsItsEventAlone() {
        EventMapper mapper = (project, event, origin) -> {
            if (event.collection().equals("asserted")) {
                throw new AssertionError("secret");
            }
            if (event.collection().equals("checked")) {
                CarelessModuleTest.<RuntimeException>throwUnseen(new IOException("secret"));
            }
            return event;
        };
        EventValidator validator = (project, event, origin) -> {
            if (event.collection().equals("judged")) {
                throw new AssertionError("secret");
            }
            CarelessModuleTest.<RuntimeException>throwUnseen(new IOException("secret"));
            return Optional.empty();
        };
        try (var engine = TestEngine.start(
                database, new Careless(added -> added.mapper(mapper).validator(validator)))) {
            var outcomes = engine.engine()
                    .events()
                    .collect(
                            engine.project().project(),
                            List.of(Event.of("asserted"), Event.of("checked"), Event.of("judged"), Event.of("knock")),
                            Origin.of("test", Instant.now()));

            assertThat(outcomes)
                    .extracting(outcome -> ((Outcome.Refused) outcome).reason().code())
                    .containsExactly("mapper_failed", "mapper_failed", "validator_failed", "validator_failed");
        }
    }

    @Test
    void aListenerThatInterruptsItsThreadIsToldAgain() {
        Set<String> heard = ConcurrentHashMap.newKeySet();
        EventListener ear = (project, events, transaction) -> {
            events.forEach(event -> heard.add(event.collection().name()));
            Thread.currentThread().interrupt();
        };
        try (var engine = TestEngine.start(database, new Careless(added -> added.listener(ear)))) {
            var project = engine.project();
            project.collect(Event.of("first"));
            await().until(() -> heard.contains("first"));

            project.collect(Event.of("second"));

            await().until(() -> heard.contains("second"));
        }
    }

    @Test
    void aListenerThatEndsTheTransactionItIsLentIsToldAgain() {
        for (var end : List.of("rollback", "commit", "close")) {
            var attempts = new AtomicInteger();
            EventListener ear = (project, events, transaction) -> {
                if (events.stream().anyMatch(event -> event.collection().name().equals(end))) {
                    attempts.incrementAndGet();
                }
                switch (end) {
                    case "rollback" -> transaction.rollback();
                    case "commit" -> transaction.commit();
                    default -> transaction.close();
                }
            };
            try (var engine = TestEngine.start(database, new Careless(added -> added.listener(ear)))) {
                engine.project().collect(Event.of(end));

                await().until(() -> attempts.get() > 1);
            }
        }
    }

    @Test
    void aJobThatInterruptsItsThreadOrCannotTellItsPeriodRunsAgain() {
        var job = new RestlessJob(new AtomicInteger(), new AtomicInteger());
        try (var _ = TestEngine.start(database, new Careless(added -> added.job(job)))) {
            await().until(() -> job.runs().get() > 2);
        }
    }

    @Test
    void aRewriterThatThrowsLeavesTheQuestionAsItIs() {
        requireAnAnswerBeside(new Careless(added -> added.rewriter((project, question) -> {
            throw new NoClassDefFoundError("example/Missing");
        })));
    }

    @Test
    void relationsThatCannotBeToldAreMissedByNobodyElse() {
        requireAnAnswerBeside(new Careless(added -> added.relations(project -> {
            throw new NoClassDefFoundError("example/Missing");
        })));
    }

    @Test
    void whatThrowsAsLanguagesWithoutCheckedExceptionsDoHarmsNoQuestion() {
        requireAnAnswerBeside(new Careless(added -> added.rewriter((project, question) -> {
            CarelessModuleTest.<RuntimeException>throwUnseen(new IOException("mine to fail"));
            return Optional.empty();
        })));
        requireAnAnswerBeside(new Careless(added -> added.relations(project -> {
            CarelessModuleTest.<RuntimeException>throwUnseen(new IOException("mine to fail"));
            return List.of();
        })));
    }

    private void requireAnAnswerBeside(Careless module) {
        try (var engine = TestEngine.start(database, module)) {
            var project = engine.project();
            project.collect(Event.of("knock"));

            assertThat(project.query(COUNT).toString()).contains("count=1");
        }
    }

    @Test
    void aConnectionThatWasLeftInAnotherSchemaIsLentInTheRightOne() {
        List<ModuleContext> lent = new ArrayList<>();
        try (var engine = TestEngine.start(
                database, Map.of("database.connections", "1"), Optional.empty(), new Careless(added -> {}, lent))) {
            var project = engine.project();
            var schema = lent.getFirst().databases().of(project.project());
            var version = schema.<Integer>transaction(
                    connection -> connection.getMetaData().getDatabaseMajorVersion());
            assumeTrue(version >= 18, "PostgreSQL before 18 does not tell clients of its search_path");

            schema.transaction(connection -> {
                connection.setSchema("public");
                return connection.createStatement().execute("set search_path to pg_catalog");
            });

            assertThat(schema.<String>transaction(connection -> connection.getSchema()))
                    .isEqualTo(project.project().slug());
        }
    }

    /** As languages throw that know no checked exceptions. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> void throwUnseen(Exception checked) throws E {
        throw (E) checked;
    }

    private record Careless(Consumer<Contribution.Builder> adds, List<ModuleContext> lent) implements AnalyticsModule {

        Careless(Consumer<Contribution.Builder> adds) {
            this(adds, new ArrayList<>());
        }

        @Override
        public String name() {
            return "careless";
        }

        @Override
        public Contribution contribute(ModuleContext context) {
            lent.add(context);
            var added = Contribution.builder();
            adds.accept(added);
            return added.build();
        }
    }

    private record RestlessJob(AtomicInteger asked, AtomicInteger runs) implements Job {

        @Override
        public String name() {
            return "restless";
        }

        @Override
        public Duration every() {
            if (asked.incrementAndGet() == 1) {
                throw new NoClassDefFoundError("example/Missing");
            }
            return Duration.ofMillis(10);
        }

        @Override
        public void run(JobRun run) throws InterruptedException {
            if (runs.incrementAndGet() == 1) {
                throw new InterruptedException("of its own");
            }
            Thread.currentThread().interrupt();
        }
    }
}
