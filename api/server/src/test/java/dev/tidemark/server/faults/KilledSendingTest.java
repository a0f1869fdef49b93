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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class KilledSendingTest {

    private static final String PROJECT = "killed_sending";
    private static final boolean IS_LONG = Figures.ROUNDS > 3;
    private static final int ROUNDS = IS_LONG ? Figures.ROUNDS : 1;
    private static final int CUSTOMERS = IS_LONG ? 100_000 : 5_000;
    private static final Duration PATIENCE = Duration.ofMinutes(IS_LONG ? 10 : 2);

    private final PostgresAddress database;

    KilledSendingTest(PostgresAddress database) {
        this.database = database;
    }

    @Test
    void aServerThatIsKilledAmidASendingGoesOnAndNobodyGetsASecondMessage(@TempDir Path directory) throws Exception {
        var data = Files.createDirectories(directory.resolve("data"));
        Files.writeString(data.resolve("tidemark.yaml"), "cluster:\n  lease: 1s\n");
        try (var server = ServerProcess.on(database, data)) {
            var master = Client.masterOf(server, PROJECT);
            try (var books = Books.open(database, PROJECT)) {
                customers(master, books);
                for (int round = 1; round <= ROUNDS; round++) {
                    var begun = System.nanoTime();
                    begin(master);
                    awaitMessages(books, ThreadLocalRandom.current().nextInt(1, CUSTOMERS / 2));

                    server.kill();
                    System.out.println("Killed sending: sent by then " + sentBy(books, round));
                    server.restart();

                    await().atMost(PATIENCE)
                            .until(() -> books.value(
                                            "select string_agg(distinct state, ' ') from _user_mailbox_sending")
                                    .equals("DONE"));
                    assertThat(sentBy(books, round)).isEqualTo(CUSTOMERS + " to " + CUSTOMERS);
                    assertThat(books.value("""
                            select count(*) || ' ' || count(distinct (_user, message))
                            from message_sent
                            """)).isEqualTo(round * CUSTOMERS + " " + round * CUSTOMERS);
                    System.out.printf(
                            "Killed sending: all %,d after %d s%n",
                            CUSTOMERS,
                            Duration.ofNanos(System.nanoTime() - begun).toSeconds());
                }
                assertThat(books.value("select min(sent) || ' ' || max(sent) from _user_mailbox_sending"))
                        .isEqualTo(CUSTOMERS + " " + CUSTOMERS);
            }
        }
    }

    /** One as people make them, and the others as that one. */
    private static void customers(Client master, Books books) throws Exception {
        master.ask("mutation { updateCustomers(input: {customers: [{id: \"c1\", set: {name: \"n1\"}}]}) { updated } }");
        books.run("insert into _users (_person, name) select 'c' || n, 'n' || n from generate_series(2, %d) as n"
                .formatted(CUSTOMERS));
    }

    private static void begin(Client master) {
        var begun = master.ask("""
                mutation { sendToCustomers(input: {template: "Hello {{name}}"}) { sending { total } userErrors { message } } }
                """);
        assertThat(begun.at("/sendToCustomers/sending/total").asInt())
                .as(begun.toString())
                .isEqualTo(CUSTOMERS);
    }

    private static void awaitMessages(Books books, int count) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> Integer.parseInt(books.value(
                                "select coalesce((select sent from _user_mailbox_sending where state = 'RUNNING'), 0)"))
                        >= count);
    }

    private static String sentBy(Books books, int sending) throws Exception {
        return books.value("""
                select count(*) || ' to ' || count(distinct customer)
                from _user_mailbox
                where sending = %d and text = 'Hello n' || substr(customer, 2)
                """.formatted(sending));
    }
}
