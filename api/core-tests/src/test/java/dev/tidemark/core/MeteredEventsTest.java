package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.AnalyticsModule;
import dev.tidemark.spi.Contribution;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Events;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Outcome;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import java.sql.Connection;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@Timeout(60)
class MeteredEventsTest {

    /** So far ahead as one is ready before another is written. */
    private record Waiting(CountDownLatch isReady, CountDownLatch turn) implements Events.Companion {

        @Override
        public void begin() {
            isReady.countDown();
            try {
                turn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void write(Connection transaction, List<Outcome> outcomes) {}
    }

    @Test
    void whatIsMadeReadyAheadCountsAgainstAKeysLimitsWhenItsTurnComes(PostgresAddress database) throws Exception {
        var context = new AtomicReference<ModuleContext>();
        try (var engine = TestEngine.start(database, module(context));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var project = engine.project();
            var key = (Map<?, ?>)
                    project.query("mutation { createApiKey(input: {name: \"k\", scopes: [WRITE], eventsPerDay: 25})"
                                    + " { secret } }")
                            .get("createApiKey");
            var caller = engine.engine().callers().withKey((String) key.get("secret"), Optional.empty());
            var origin = new Origin("test", Instant.now(), Optional.empty(), Optional.empty(), Optional.of(caller));
            var events = Collections.nCopies(20, Event.of("click"));
            var waiting = new Waiting(new CountDownLatch(1), new CountDownLatch(1));

            var ahead =
                    threads.submit(() -> context.get().events().collect(project.project(), events, origin, waiting));
            waiting.isReady().await();
            List<Outcome> before;
            try {
                before = context.get()
                        .events()
                        .collect(project.project(), events, origin, (transaction, outcomes) -> {});
            } finally {
                waiting.turn().countDown();
            }

            assertThat(before).hasSize(20).allMatch(Outcome.Stored.class::isInstance);
            assertThatThrownBy(ahead::get).hasMessageContaining("This key may send 5 more events today");
        }
    }

    private static AnalyticsModule module(AtomicReference<ModuleContext> context) {
        return new AnalyticsModule() {
            @Override
            public String name() {
                return "sender";
            }

            @Override
            public Contribution contribute(ModuleContext lent) {
                context.set(lent);
                return Contribution.builder().build();
            }
        };
    }
}
