package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Position;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a node does that has not heard yet of what another one made of tables. */
@ExtendWith(PostgresExtension.class)
@Timeout(60)
class DeafNodeTest {

    private final CountDownLatch ears = new CountDownLatch(1);

    @Test
    void theLeaderErasesFromCollectionsThatAreNewToIt(PostgresAddress database) {
        try (var leader = TestEngine.start(database, new Deaf(ears));
                var other = TestEngine.start(database)) {
            var project = leader.project("new_to_it");
            project.collect(Event.of("visit").by("ann"));
            collect(other, project, Event.of("buy").by("ann"));

            project.query("mutation { eraseUser(input: {user: \"ann\"}) { userErrors { message } } }");
            await().until(() -> isOver(project, "erasures"));

            assertThat(other.engine().committedEvents().read(project.project(), Position.START, 10))
                    .isEmpty();
            ears.countDown();
        }
    }

    @Test
    void eventsWithValuesOfAnEarlierTypeAreStoredAsThoseOfTheNewOne(PostgresAddress database) {
        try (var leader = TestEngine.start(database);
                var other = TestEngine.start(database, new Deaf(ears))) {
            var project = leader.project("earlier_type");
            project.collect(Event.of("visit").with("zip", "1"));
            assertThat(collect(other, project, Event.of("visit").with("zip", "2")))
                    .isInstanceOf(Outcome.Stored.class);
            project.query("""
                    mutation {
                      changePropertyType(input: {collection: "visit", property: "zip", type: LONG}) { userErrors { message } }
                    }
                    """);
            await().until(() -> isOver(project, "propertyChanges"));

            assertThat(collect(other, project, Event.of("visit").with("zip", 3L)))
                    .isInstanceOf(Outcome.Stored.class);
            assertThat(
                            project.query(
                                    "{ aggregate(collection: \"visit\", measures: {measure: SUM, of: \"zip\", as: \"n\"}) { rows { measures } } }"))
                    .hasToString("{aggregate={rows=[{measures={n=6}}]}}");
            ears.countDown();
        }
    }

    private static Outcome collect(TestEngine node, TestProject project, Event event) {
        return node.engine()
                .events()
                .collect(project.project(), List.of(event), Origin.of("test", Instant.EPOCH))
                .getFirst();
    }

    private static boolean isOver(TestProject project, String field) {
        return !project.query("{ " + field + " { finishedAt } }").toString().contains("null");
    }

    /** Its node hears of no collections that others make or change. */
    private record Deaf(CountDownLatch ears) implements AnalyticsModule {

        @Override
        public String name() {
            return "deaf";
        }

        @Override
        public Contribution contribute(ModuleContext context) {
            return Contribution.builder()
                    .collectionListener((project, collections) -> hear())
                    .build();
        }

        private void hear() {
            try {
                ears.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
