package dev.tidemark.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.Migrations;
import dev.tidemark.core.postgres.Postgres;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.postgres.ProjectDatabases;
import dev.tidemark.spi.CommittedEvents;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.EventListener;
import dev.tidemark.spi.Position;
import dev.tidemark.spi.Project;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class FollowerTest {

    private static final int EVENTS = 600;

    @Test
    void aListenerThatTakesLongIsToldOfFewerEventsAtATimeSinceOthersWait(PostgresAddress database) {
        assertThat(told(database, TimeUnit.MILLISECONDS.toNanos(1))).containsExactly(64, 128, 256, 152);
        assertThat(told(database, TimeUnit.MILLISECONDS.toNanos(10))).containsExactly(64, 128, 100, 200, 100, 8);
        assertThat(told(database, TimeUnit.MILLISECONDS.toNanos(250))).containsOnly(64, EVENTS % 64);
    }

    @Test
    void whoIsErasedBetweenTheReadingOfTheirEventsAndTheStepIsToldToNoListener(PostgresAddress database) {
        var told = new ArrayList<Optional<String>>();
        EventListener listener = (project, events, transaction) ->
                events.forEach(stored -> told.add(stored.event().user()));
        try (var engine = TestEngine.start(database);
                var postgres = Postgres.connect(database, "test", 2)) {
            var project = engine.project();
            project.collect(Event.of("visit").by("ann"), Event.of("visit").by("bob"));
            var events = new Erasing(engine.engine().committedEvents(), project, "ann");
            var databases = new ProjectDatabases(postgres, new Migrations(Map.of()));
            var follower = new Follower("slow", List.of(listener), events, databases, System::nanoTime);

            assertThat(follower.step(project.project())).isFalse();
            assertThat(told).isEmpty();

            assertThat(follower.step(project.project())).isTrue();
            assertThat(told).containsExactly(Optional.of("bob"));
        }
    }

    /** Someone is erased as soon as events were read for the first time. */
    private static final class Erasing implements CommittedEvents {

        private final CommittedEvents events;
        private final TestProject project;
        private final String user;
        private boolean isErased;

        Erasing(CommittedEvents events, TestProject project, String user) {
            this.events = events;
            this.project = project;
            this.user = user;
        }

        @Override
        public Stretch read(Project of, Position after, int limit, Set<String> collections) {
            var stretch = events.read(of, after, limit, collections);
            if (!isErased) {
                assertThat(stretch.events())
                        .anyMatch(stored -> stored.event().user().equals(Optional.of(user)));
                project.query("mutation { eraseUser(input: {user: \"" + user + "\"}) { userErrors { message } } }");
                await().until(() ->
                        !project.query("{ erasures { finishedAt } }").toString().contains("null"));
                isErased = true;
            }
            return stretch;
        }

        @Override
        public Position last(Project of) {
            return events.last(of);
        }

        @Override
        public Position before(Project of, Instant moment) {
            return events.before(of, moment);
        }

        @Override
        public Position expired(Project of, List<String> collections) {
            return events.expired(of, collections);
        }

        @Override
        public Watch watch(Project of, Runnable hint) {
            return events.watch(of, hint);
        }
    }

    /** How many events at a time, by a clock that goes on with each. */
    private static List<Integer> told(PostgresAddress database, long nanosForEach) {
        var nanos = new AtomicLong();
        var told = new ArrayList<Integer>();
        EventListener slow = (project, events, transaction) -> {
            told.add(events.size());
            nanos.addAndGet(events.size() * nanosForEach);
        };
        try (var engine = TestEngine.start(database);
                var postgres = Postgres.connect(database, "test", 2)) {
            var project = engine.project();
            project.collect(
                    Stream.generate(() -> Event.of("tick")).limit(EVENTS).toArray(Event[]::new));
            var databases = new ProjectDatabases(postgres, new Migrations(Map.of()));
            var follower =
                    new Follower("slow", List.of(slow), engine.engine().committedEvents(), databases, nanos::get);
            while (follower.step(project.project())) {
                assertThat(told).hasSizeLessThan(EVENTS);
            }
        }
        return told;
    }
}
