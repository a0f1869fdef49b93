package dev.tidemark.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.server.ServerProcess;
import dev.tidemark.server.postgres.EmbeddedAddress;
import dev.tidemark.server.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledDatabaseTest {

    @TempDir
    private Path directory;

    private Path home;
    private EmbeddedDatabase database;

    @BeforeEach
    void start() throws IOException {
        home = directory.resolve("postgres");
        database = EmbeddedDatabase.start(home);
    }

    @AfterEach
    void stop() throws IOException {
        database.close();
    }

    @Test
    void aKilledBackendLosesNothingAcknowledgedAndDoublesNothing() throws Exception {
        var address = EmbeddedAddress.of(home);
        try (var server = ServerProcess.on(address, directory.resolve("data"));
                var load = new Load(Client.of(server, "shop"))) {
            for (int round = 0; round < Figures.ROUNDS; round++) {
                load.survive(this::killWriter);
            }

            load.settle("Killed backend", address, "shop");
        }
    }

    @Test
    void aKilledDatabaseIsAwaitedAndLosesNothingAcknowledged() throws Exception {
        var address = EmbeddedAddress.of(home);
        try (var server = ServerProcess.on(address, directory.resolve("data"));
                var load = new Load(Client.of(server, "shop"))) {
            for (int round = 0; round < Figures.ROUNDS; round++) {
                load.survive(new KilledDatabase(server));
            }

            load.settle("Killed database", address, "shop");
        }
    }

    @Test
    void aDatabaseThatComesUpLaterThanTheServerIsAwaited() throws Exception {
        var address = EmbeddedAddress.of(home);
        database.close();
        try (var server =
                ServerProcess.launched(directory.resolve("data"), "--database-url", ServerProcess.url(address))) {
            await().atMost(Duration.ofMinutes(1)).until(server::readiness, status -> status == 503);
            assertThat(Client.admin(server).collect("[]")).satisfies(answer -> {
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            });

            database = EmbeddedDatabase.start(home);
            var start = System.nanoTime();

            server.awaitReady();
            System.out.printf("Absent database: ready %.1f seconds after it%n", (System.nanoTime() - start) / 1e9);
            assertThat(EmbeddedAddress.of(home)).isEqualTo(address);
        }
    }

    /** PostgreSQL answers that with the end of all its sessions, and recovers. */
    private void killWriter() throws Exception {
        try (var books = Books.open(EmbeddedAddress.of(home), "shop")) {
            var pid = books.value("""
                    select pid
                    from pg_stat_activity
                    where application_name = 'tidemark'
                    order by query ilike 'copy%' desc, state_change desc
                    limit 1
                    """);
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private final class KilledDatabase implements Load.Fault {

        private final ServerProcess server;

        KilledDatabase(ServerProcess server) {
            this.server = server;
        }

        @Override
        public void make() throws IOException {
            var pid = Files.readAllLines(home.resolve("data/postmaster.pid")).getFirst();
            var postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
            var children = postmaster.descendants().toList();
            postmaster.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }

        @Override
        public void repair() throws IOException {
            await().atMost(Duration.ofMinutes(1)).until(server::readiness, status -> status == 503);
            assertThat(server.isAlive()).isTrue();
            database.close();
            database = EmbeddedDatabase.start(home);
        }
    }
}
