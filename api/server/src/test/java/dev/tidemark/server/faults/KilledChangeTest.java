package dev.tidemark.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.ServerProcess;
import dev.tidemark.testkit.PostgresExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server is killed while it gives a column another type, makes an index and deletes a person's events. */
@ExtendWith(PostgresExtension.class)
class KilledChangeTest {

    private static final int EVENTS = 20_000;
    private static final int BATCH = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    @Test
    void whatAKilledServerHadBegunIsFinishedOnceAndNothingIsLost(PostgresAddress database) throws Exception {
        var data = Files.createDirectories(directory.resolve("data"));
        Files.writeString(data.resolve("tidemark.yaml"), "cluster:\n  lease: 3s\n");
        try (var server = ServerProcess.on(database, data)) {
            for (int round = 0; round < Figures.ROUNDS; round++) {
                var project = "round_" + round;
                var master = Client.masterOf(server, project);
                try (var books = Books.open(database, project)) {
                    send(master);
                    begin(master);
                    awaitSome(books);

                    server.kill();
                    server.restart();

                    awaitFinished(books);
                    audit(master, books);
                }
            }
        }
    }

    private static void send(Client master) throws Exception {
        for (int first = 0; first < EVENTS; first += BATCH) {
            var events = IntStream.range(first, first + BATCH)
                    .mapToObj(i -> """
                            {"collection": "a", "user": "u%d", "properties": {"n": "%s%d", "page": "p%d"}}
                            """.formatted(i % 10, i % 100 == 7 ? "odd " : "", i, i % 50))
                    .collect(Collectors.joining(",", "[", "]"));
            assertThat(master.collect(events).statusCode()).isEqualTo(200);
        }
    }

    private static void begin(Client master) {
        var begun = master.ask("""
                mutation {
                  changePropertyType(input: {collection: "a", property: "n", type: LONG}) { userErrors { message } }
                  setIndex(input: {collection: "a", property: "page", isIndexed: true}) { userErrors { message } }
                  eraseUser(input: {user: "u3"}) { userErrors { message } }
                }
                """);
        assertThat(begun.findValues("message")).isEmpty();
    }

    /** Until a random part of the values is converted. */
    private static void awaitSome(Books books) {
        var some = ThreadLocalRandom.current().nextInt(EVENTS);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> books.value("select max(done) >= %d or count(finished_at) > 0 from _property_change"
                                .formatted(some))
                        .equals("t"));
    }

    private static void awaitFinished(Books books) {
        await().atMost(PATIENCE).until(() -> books.value("""
                select
                    (select bool_and(finished_at is not null) from _property_change)
                    and (select bool_and(finished_at is not null) from _erasure)
                """).equals("t"));
    }

    private static void audit(Client master, Books books) throws Exception {
        var left = EVENTS - EVENTS / 10;
        var odd = EVENTS / 100;
        assertThat(books.value("""
                select count(*) || ' ' || count(n) || ' ' || count(distinct n) || ' ' || count(_extra) || ' '
                    || pg_typeof(max(n))
                from a
                """)).isEqualTo("%1$d %2$d %2$d %3$d bigint".formatted(left, left - odd, odd));
        assertThat(books.value("select count(*) from pg_index where not indisvalid"))
                .isEqualTo("0");
        assertThat(master.ask("""
                {
                  collection(name: "a") { eventCount }
                  erasures { events }
                  propertyChanges { status unconverted }
                }
                """).toString())
                .contains("\"eventCount\":" + left, "{\"events\":" + EVENTS / 10 + "}")
                .contains("\"unconverted\":" + odd)
                .doesNotContain("FAILED");
    }
}
