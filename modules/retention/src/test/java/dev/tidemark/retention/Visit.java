package dev.tidemark.retention;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.TestProject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One stored event, and random ones: with ties, duplicates, and clocks that are set meanwhile. */
record Visit(
        String collection,
        Instant time,
        long id,
        String person,
        @Nullable String plan,
        @Nullable Boolean paid) {

    static final List<String> COLLECTIONS = List.of("a", "b", "c");

    private static final Instant BEFORE_A_CHANGE = Instant.parse("2026-03-28T21:30:00Z");

    static void collect(TestProject project, Random random, int people) {
        var events = new ArrayList<Event>();
        for (int person = 0; person < people; person++) {
            for (int left = random.nextInt(10); left >= 0; left--) {
                var step = List.of(Duration.ofHours(1), Duration.ofHours(23), Duration.ofDays(1), Duration.ofDays(8))
                        .get(random.nextInt(4));
                var event = Event.of(COLLECTIONS.get(random.nextInt(3)))
                        .at(BEFORE_A_CHANGE.plus(step.multipliedBy(random.nextInt(4))))
                        .with("plan", random.nextBoolean() ? "pro" : null)
                        .with("paid", random.nextInt(3) == 0 ? null : random.nextBoolean());
                events.add(random.nextInt(20) == 0 ? event : event.by("p" + person));
            }
        }
        project.collect(events.toArray(Event[]::new));
    }

    /** All events that have a person, as they are stored. */
    static List<Visit> stored(PostgresAddress database, TestProject project) throws SQLException {
        var stored = new ArrayList<Visit>();
        try (var connection = project.connect(database)) {
            for (var collection : COLLECTIONS) {
                try (var statement = connection.createStatement();
                        var rows = statement.executeQuery("select * from " + collection + " where _user is not null")) {
                    while (rows.next()) {
                        stored.add(new Visit(
                                collection,
                                rows.getObject("_time", OffsetDateTime.class).toInstant(),
                                rows.getLong("_id"),
                                rows.getString("_user"),
                                rows.getString("plan"),
                                rows.getObject("paid", Boolean.class)));
                    }
                }
            }
        }
        return stored;
    }

    @Nullable
    Object property(String name) {
        return name.equals("plan") ? plan : paid;
    }
}
