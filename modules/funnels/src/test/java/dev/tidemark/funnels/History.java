package dev.tidemark.funnels;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.TestProject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One stored event, and small random histories of people: with ties, duplicates, and clocks that are set meanwhile. */
record History(
        String collection,
        Instant time,
        long id,
        String person,
        @Nullable String text,
        @Nullable Long number) {

    static final List<String> COLLECTIONS = List.of("a", "b", "c");
    static final Comparator<History> ORDER = Comparator.comparing(History::time).thenComparingLong(History::id);

    private static final List<Instant> NEAR_CHANGES_OF_CLOCKS = List.of(
            Instant.parse("2026-03-08T05:00:00Z"),
            Instant.parse("2026-03-29T00:00:00Z"),
            Instant.parse("2026-10-24T22:00:00Z"),
            Instant.parse("2026-10-31T23:00:00Z"));

    static void collect(TestProject project, Random random, int people) {
        var events = new ArrayList<Event>();
        for (int person = 0; person < people; person++) {
            var start = NEAR_CHANGES_OF_CLOCKS.get(random.nextInt(NEAR_CHANGES_OF_CLOCKS.size()));
            for (int left = random.nextInt(10); left >= 0; left--) {
                var step = List.of(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(9))
                        .get(random.nextInt(4));
                var event = Event.of(COLLECTIONS.get(random.nextInt(3)))
                        .at(start.plus(step.multipliedBy(random.nextInt(4))));
                events.add(properties(someone(event, random, "p" + person), random));
            }
        }
        project.collect(events.toArray(Event[]::new));
    }

    private static Event someone(Event event, Random random, String person) {
        return switch (random.nextInt(20)) {
            case 0 -> event;
            case 1 -> event.byVisitor(person);
            case 2 -> event.by(person).byVisitor("device");
            default -> event.by(person);
        };
    }

    private static Event properties(Event event, Random random) {
        var texts = new @Nullable String[] {"x", "y", "Z", null};
        var number = random.nextInt(4);
        return event.with("text", texts[random.nextInt(4)]).with("number", number == 0 ? null : (long) number);
    }

    /** All events that have a person, as they are stored. */
    static List<History> stored(PostgresAddress database, TestProject project) throws SQLException {
        var stored = new ArrayList<History>();
        try (var connection = project.connect(database)) {
            for (var collection : COLLECTIONS) {
                try (var statement = connection.createStatement();
                        var rows = statement.executeQuery("select * from " + collection)) {
                    while (rows.next()) {
                        read(collection, rows, stored);
                    }
                }
            }
        }
        return stored;
    }

    private static void read(String collection, ResultSet row, List<History> into) throws SQLException {
        var user = row.getString("_user");
        var person = user == null ? row.getString("_anonymous") : user;
        if (person != null) {
            into.add(new History(
                    collection,
                    row.getObject("_time", OffsetDateTime.class).toInstant(),
                    row.getLong("_id"),
                    person,
                    row.getString("text"),
                    row.getObject("number", Long.class)));
        }
    }

    @Nullable
    Object property(String name) {
        return name.equals("text") ? text : number;
    }
}
