package dev.tidemark.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.Migrations;
import dev.tidemark.core.postgres.Postgres;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.postgres.ProjectDatabases;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.EventListener;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
