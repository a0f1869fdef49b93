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
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledStreamTest {

    private static final String PROJECT = "killed_stream";
    private static final int CUTS = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Path home;
    private EmbeddedDatabase database;
    private PostgresAddress address;
    private ServerProcess server;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        home = directory.resolve("postgres");
        RunDatabase.copyTo(home);
        database = EmbeddedDatabase.start(home);
        address = EmbeddedAddress.of(home);
        server = ServerProcess.on(address, directory.resolve("data"));
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        database.close();
    }

    @Test
    void whateverIsKilledWhoGoesOnAfterACursorIsToldEachEventOnceAndInOrder() throws Exception {
        var client = Client.masterOf(server, PROJECT);
        try (var subscriber = Subscriber.of(client);
                var load = new Load(client)) {
            for (int round = 0; round < Figures.ROUNDS; round++) {
                for (int cut = 0; cut < CUTS; cut++) {
                    subscriber.cut();
                }
                load.survive(this::killBackends);
                load.survive(round % 2 == 0 ? new KilledServer() : new KilledDatabase());
            }
            load.settle("Killed stream", address, PROJECT);

            var stored = stored();
            await().atMost(PATIENCE).until(() -> subscriber.told().contains(stored.getLast()));
            // whoever subscribes first may miss what was sent before
            var missed = stored.indexOf(subscriber.told().getFirst());
            assertThat(stored.subList(0, missed)).allMatch(event -> event.startsWith("begun:"));
            assertThat(subscriber.told()).isEqualTo(stored.subList(missed, stored.size()));
            assertThat(subscriber.surprises()).isEmpty();
        }
    }

    private final class KilledServer implements Load.Fault {

        @Override
        public void make() {
            server.kill();
        }

        @Override
        public void repair() {
            server.restart();
        }
    }

    private final class KilledDatabase implements Load.Fault {

        @Override
        public void make() throws IOException {
            new DatabaseProcesses(home).kill();
        }

        @Override
        public void repair() throws IOException {
            database.close();
            database = EmbeddedDatabase.start(home);
        }
    }

    /** All that wait for something to do: among them the one that listens. */
    private void killBackends() throws SQLException {
        try (var books = Books.open(address, PROJECT)) {
            books.run("""
                    select pg_terminate_backend(pid)
                    from pg_stat_activity
                    where datname = current_database() and state = 'idle' and pid <> pg_backend_pid()
                    """);
        }
    }

    /** Tables and numbers of all events, in the order of their commits. */
    private List<String> stored() throws SQLException {
        try (var books = Books.open(address, PROJECT);
                var statement = books.connection().createStatement();
                var rows = statement.executeQuery("""
                        select commit.collection || ':' || event._id
                        from _commit as commit
                        join (
                            select 'begun' as collection, _id from begun
                            union all
                            select 'retried', _id from retried
                            union all
                            select 'once', _id from once
                        ) as event
                            on event.collection = commit.collection
                            and event._id between commit.first_id and commit.last_id
                        order by commit.position, event._id
                        """)) {
            List<String> stored = new ArrayList<>();
            while (rows.next()) {
                stored.add(rows.getString(1));
            }
            return stored;
        }
    }
}
