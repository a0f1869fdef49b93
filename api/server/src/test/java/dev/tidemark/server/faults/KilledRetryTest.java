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

@ExtendWith(PostgresExtension.class)
class KilledRetryTest {

    private static final int LETTERS = 3_000;

    private final PostgresAddress database;

    KilledRetryTest(PostgresAddress database) {
        this.database = database;
    }

    @Test
    void aServerThatIsKilledWhileItRetriesLeavesEachDeadLetterOrItsEvent(@TempDir Path directory) throws Exception {
        var data = Files.createDirectories(directory.resolve("data"));
        Files.writeString(data.resolve("tidemark.yaml"), "events:\n  dead-letter-megabytes-per-hour: 1000\n");
        try (var server = ServerProcess.on(database, data)) {
            var master = Client.masterOf(server, "killed_retry");
            send(master, 0, 1, "2026-01-02T03:04:05Z");
            try (var books = Books.open(database, "killed_retry")) {
                var sent = 1;
                for (int round = 0; round < Figures.ROUNDS; round++) {
                    send(master, sent, LETTERS, "yesterday");
                    sent += LETTERS;

                    var retry = Thread.startVirtualThread(() -> attempt(master));
                    awaitSome(books);
                    server.kill();
                    retry.join();
                    server.restart();

                    System.out.println(
                            "Killed retry: letters left " + books.value("select count(*) from _dead_letter"));
                    assertEachIsThereOnce(books, sent);
                    while (!books.value("select count(*) from _dead_letter").equals("0")) {
                        retry(master);
                    }
                    assertEachIsThereOnce(books, sent);
                }
            }
        }
    }

    private static void send(Client client, int first, int count, String time) throws Exception {
        var events = IntStream.range(first, first + count)
                .mapToObj(i ->
                        "{\"collection\": \"a\", \"time\": \"%s\", \"properties\": {\"n\": %d}}".formatted(time, i))
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(client.collect(events).statusCode()).isEqualTo(200);
    }

    private static void attempt(Client master) {
        try {
            retry(master);
        } catch (RuntimeException e) {
            // the server was killed before it answered
        }
    }

    private static void retry(Client master) {
        master.ask("mutation { retryDeadLetters(input: {where: {}, patch: {time: null}}) { stored } }");
    }

    /** Until a random part of the letters is gone, and enough are left to be killed among. */
    private static void awaitSome(Books books) {
        var left = ThreadLocalRandom.current().nextInt(LETTERS / 2, LETTERS);
        await().atMost(Duration.ofMinutes(2))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> Integer.parseInt(books.value("select count(*) from _dead_letter")) <= left);
    }

    private static void assertEachIsThereOnce(Books books, int sent) throws Exception {
        assertThat(books.value("""
                select count(*) || ' ' || count(distinct n)
                from (
                    select n::text from a
                    union all
                    select raw::jsonb #>> '{properties,n}' from _dead_letter
                ) as each
                """)).isEqualTo(sent + " " + sent);
    }
}
