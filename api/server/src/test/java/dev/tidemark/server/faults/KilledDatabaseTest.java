package dev.tidemark.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.ServerProcess;
import dev.tidemark.server.postgres.DatabaseProcesses;
import dev.tidemark.server.postgres.EmbeddedAddress;
import dev.tidemark.server.postgres.EmbeddedDatabase;
import dev.tidemark.server.postgres.RunDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledDatabaseTest {

    private static final int QUEUE = 40;

    private Path directory;
    private Path home;
    private EmbeddedDatabase database;
    private PostgresAddress address;
    private ServerProcess server;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        directory = temporary;
        home = directory.resolve("postgres");
        RunDatabase.copyTo(home);
        database = EmbeddedDatabase.start(home);
        address = EmbeddedAddress.of(home);
        var data = Files.createDirectories(directory.resolve("data"));
        Files.writeString(data.resolve("tidemark.yaml"), "events:\n  queue-events: " + QUEUE + "\n");
        server = ServerProcess.on(address, data);
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        database.close();
    }

    /** f02 */
    @Test
    void aKilledBackendLosesNothingAcknowledgedAndDoublesNothing() throws Exception {
        survive("Killed backend", sender -> this::killWriter);
    }

    /** f03 */
    @Test
    void aKilledDatabaseIsAwaitedAndLosesNothingAcknowledged() throws Exception {
        survive("Killed database", sender -> new Load.Fault() {

            @Override
            public void make() throws IOException {
                new DatabaseProcesses(home).kill();
            }

            @Override
            public void repair() throws IOException {
                awaitReadiness(503);
                assertThat(server.isAlive()).isTrue();
                database.close();
                database = EmbeddedDatabase.start(home);
            }
        });
    }

    /** It keeps its connections and answers nothing: the queue fills, then senders are told to come back. */
    @Test
    void aDatabaseThatStopsForAWhileFillsTheQueueAndThenAllGoesOnByItself() throws Exception {
        var processes = new DatabaseProcesses(home);
        survive("Stopped database", sender -> new Load.Fault() {

            @Override
            public void make() throws Exception {
                processes.freeze();
                var frozen = System.nanoTime();
                awaitReadiness(503);
                await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> requireRefusal(sender));
                await().atMost(Duration.ofMinutes(3))
                        .until(() -> System.nanoTime() - frozen >= Figures.OUTAGE.toNanos());
            }

            @Override
            public void repair() throws IOException {
                processes.thaw();
                awaitReadiness(200);
            }
        });
    }

    /** f44 */
    @Test
    void aDatabaseThatComesUpLaterThanTheServerIsAwaited() throws Exception {
        database.close();
        try (var early =
                ServerProcess.launched(directory.resolve("early"), "--database-url", ServerProcess.url(address))) {
            await().atMost(Duration.ofMinutes(3)).until(early::readiness, status -> status == 503);
            assertThat(Client.admin(early).collect("[]")).satisfies(answer -> {
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            });

            database = EmbeddedDatabase.start(home);
            var start = System.nanoTime();

            early.awaitReady();
            System.out.printf("Absent database: ready %.1f seconds after it%n", (System.nanoTime() - start) / 1e9);
            assertThat(EmbeddedAddress.of(home)).isEqualTo(address);
        }
        server.awaitReady();
    }

    private void survive(String test, Function<Client, Load.Fault> fault) throws Exception {
        var project = test.toLowerCase(Locale.ROOT).replace(' ', '_');
        var sender = Client.of(server.awaitReady(), project);
        try (var load = new Load(sender)) {
            for (int round = 0; round < Figures.ROUNDS; round++) {
                load.survive(fault.apply(sender));
            }
            load.settle(test, address, project);
        }
    }

    /** A request as large as the queue finds no room while anything waits. */
    private static void requireRefusal(Client sender) throws IOException {
        var event = "{\"collection\": \"late\"}";
        var answer = sender.collect("[" + (event + ",").repeat(QUEUE - 1) + event + "]");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    private void awaitReadiness(int status) {
        await().atMost(Duration.ofMinutes(3)).until(server::readiness, found -> found == status);
    }

    /** PostgreSQL answers that with the end of all its sessions, and recovers. */
    private void killWriter() throws Exception {
        try (var books = Books.open(address, "public")) {
            var pid = books.value("""
                    select pid
                    from pg_stat_activity
                    where application_name = 'tidemark'
                    order by query ilike 'copy%' desc, state_change desc
                    limit 1
                    """);
            if (ProcessHandle.of(Long.parseLong(pid))
                    .filter(ProcessHandle::destroyForcibly)
                    .isPresent()) {
                books.awaitEnd();
            }
        }
    }
}
