package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.modules.ModuleStatus;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.schema.documents.GraphqlRequest;
import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.EventListener;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.StoredEvent;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class EngineTest {

    private final PostgresAddress database;

    EngineTest(PostgresAddress database) {
        this.database = database;
    }

    @Test
    void anEventThatWasStoredIsCountedAndRead() {
        try (var engine = TestEngine.start(database)) {
            var project = engine.project();

            project.collect(
                    Event.of("signup").by("ada").with("plan", "pro"),
                    Event.of("signup").by("bob"));

            var data = project.query("""
                    {
                      collections { name eventCount columns { name type } }
                      aggregate(collection: "signup", measures: [{ measure: COUNT }]) { rows { measures } }
                      events(collection: "signup", first: 1) { edges { node { user properties } } }
                    }
                    """);
            assertThat(data.toString()).contains("eventCount=2", "name=plan", "{count=2}", "user=bob");
        }
    }

    @Test
    void aListenerHasEveryEventOnceThoughTwoNodesFollow() {
        List<StoredEvent> heard = new CopyOnWriteArrayList<>();
        try (var one = TestEngine.start(database, new EarModule(heard));
                var two = TestEngine.start(database, new EarModule(heard))) {
            var project = one.project();
            for (int i = 0; i < 50; i++) {
                project.collect(Event.of("tick").with("number", (long) i));
            }

            await().until(() ->
                    heard.size() >= 50 && two.engine().projects().all().contains(project.project()));

            assertThat(heard).hasSize(50).extracting(StoredEvent::id).doesNotHaveDuplicates();
        }
    }

    /** Whatever it throws: a plugin's classes may be of another version than it was built with. */
    @Test
    void aListenerThatFailsIsToldAgain() {
        var attempts = new AtomicInteger();
        List<StoredEvent> heard = new CopyOnWriteArrayList<>();
        EventListener ear = (project, events, transaction) -> {
            if (attempts.incrementAndGet() == 1) {
                throw new NoClassDefFoundError("example/Missing");
            }
            heard.addAll(events);
        };
        try (var engine = TestEngine.start(database, new EarModule(ear))) {
            engine.project().collect(Event.of("knock"));

            await().until(() ->
                    heard.stream().anyMatch(event -> event.collection().name().equals("knock")));
        }
    }

    /** Each event of the busy one brings another, so that what is to be followed there never ends. */
    @Test
    void aProjectWithEverMoreEventsHoldsUpNoOther() {
        var busy = new AtomicReference<TestProject>();
        Set<Project> heard = ConcurrentHashMap.newKeySet();
        EventListener ear = (project, events, transaction) -> {
            heard.add(project);
            Optional.ofNullable(busy.get())
                    .filter(endless -> endless.project().equals(project))
                    .ifPresent(endless -> endless.collect(Event.of("tick")));
        };
        try (var engine = TestEngine.start(database, new EarModule(ear))) {
            var endless = engine.project();
            busy.set(endless);
            endless.collect(Event.of("tick"));
            await().until(() -> heard.contains(endless.project()));

            var other = engine.project();
            other.collect(Event.of("tick"));

            await().untilAsserted(() -> assertThat(heard).contains(other.project()));
        }
    }

    @Test
    void aListenerLeavesAProjectThatIsDeletedAndTellsOfNoFault() {
        List<StoredEvent> heard = new CopyOnWriteArrayList<>();
        try (var told = new ToldRecords("dev.tidemark.core.jobs.FollowerLoop", Level.FINE);
                var engine = TestEngine.start(database, new EarModule(heard))) {
            var project = engine.project();
            project.collect(Event.of("tick"));
            await().until(() -> !heard.isEmpty());
            var slug = project.project().slug();

            engine.engine()
                    .graphql()
                    .execute(
                            GraphqlRequest.of(
                                    "mutation ($slug: String!) { deleteProject(input: {slug: $slug, confirm: $slug}) { deletedId } }",
                                    Map.of("slug", slug)),
                            engine.administrator());

            await().until(() ->
                    told.records().stream().map(LogRecord::getMessage).anyMatch(message -> message.contains(slug)));
            assertThat(told.records()).extracting(LogRecord::getLevel).containsOnly(Level.FINE);
        }
    }

    @Test
    void anUnknownSettingIsRefusedWithTheNearestName() {
        assertThatThrownBy(() -> TestEngine.start(database, Map.of("events.writer", "3"), Optional.empty()))
                .hasMessageContaining("events.writer")
                .hasMessageContaining("\"events.writers\"");
    }

    @Test
    void twoModulesOfOneNameAreRefused() {
        assertThatThrownBy(() -> TestEngine.start(database, new EarModule(List.of()), new EarModule(List.of())))
                .hasMessageContaining("Two modules are named ear");
    }

    @Test
    void aResolverWithoutAFieldIsRefusedWithTheNearestName() {
        assertThatThrownBy(() -> TestEngine.start(database, new LostResolverModule()))
                .hasMessageContaining("Query.colections")
                .hasMessageContaining("collections");
    }

    @Test
    void everyModuleSaysWhatItAdds() {
        try (var engine = TestEngine.start(database)) {
            assertThat(engine.engine().modules())
                    .filteredOn(module -> module.name().equals("events"))
                    .extracting(ModuleStatus::adds)
                    .first()
                    .asString()
                    .contains("8 fields", "4 jobs");
        }
    }

    private record EarModule(EventListener ear) implements AnalyticsModule {

        EarModule(List<StoredEvent> heard) {
            this((project, events, transaction) -> heard.addAll(events));
        }

        @Override
        public String name() {
            return "ear";
        }

        @Override
        public Contribution contribute(ModuleContext context) {
            return Contribution.builder().listener(ear).build();
        }
    }

    private record LostResolverModule() implements AnalyticsModule {
        @Override
        public String name() {
            return "lost";
        }

        @Override
        public Contribution contribute(ModuleContext context) {
            return Contribution.builder()
                    .resolver("Query", "colections", environment -> List.of())
                    .build();
        }
    }
}
