package dev.tidemark.server.upload;

import static dev.tidemark.server.upload.Typed.tidemark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.ServerProcess;
import dev.tidemark.server.postgres.DatabaseProcesses;
import dev.tidemark.server.postgres.EmbeddedAddress;
import dev.tidemark.server.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCrashTest {

    private static final int ROUNDS = Integer.getInteger("tidemark.rounds", 3);
    private static final int ROWS = 100_000;
    private static final int SERVER = 0;
    private static final int DATABASE = 1;

    @TempDir
    private Path directory;

    private Path home;
    private EmbeddedDatabase database;
    private ServerProcess server;

    @BeforeEach
    void start() throws IOException {
        home = directory.resolve("postgres");
        database = EmbeddedDatabase.start(home);
        server = ServerProcess.on(EmbeddedAddress.of(home), directory.resolve("data"));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        database.close();
    }

    @Test
    void anImportOutlivesItsServerItsDatabaseAndBothAndCountsEachRowOnce() throws Exception {
        var clicks = Clicks.generate(directory.resolve("clicks.csv"), ROWS);
        var random = new Random(7);
        for (int round = 0; round < ROUNDS; round++) {
            var project = "round_" + round;
            createProject(server, project);

            try (var typed = tidemark(
                    "import",
                    clicks.file().toString(),
                    "--project",
                    project,
                    "--collection",
                    "click",
                    "--url",
                    server.url())) {
                awaitRows(typed, EmbeddedAddress.of(home), project, random.nextInt(ROWS));
                fault(round % 3);

                assertThat(typed.output()).contains("100,000 rows: 100,000 stored");
            }
            clicks.assertImported(EmbeddedAddress.of(home), project);
        }
    }

    private void fault(int kind) throws IOException {
        if (kind != SERVER) {
            new DatabaseProcesses(home).kill();
        }
        if (kind != DATABASE) {
            server.kill();
        }
        if (kind != SERVER) {
            database.close();
            database = EmbeddedDatabase.start(home);
        }
        if (kind != DATABASE) {
            server.restart();
        }
    }

    private static void createProject(ServerProcess server, String project) throws Exception {
        try (var typed = tidemark("project", "create", project, "--url", server.url())) {
            assertThat(typed.exitCode()).isZero();
        }
    }

    /** Until so many rows are committed, or all are. */
    private static void awaitRows(Typed typed, PostgresAddress database, String project, long rows) {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> !typed.isRunning() || rowsOf(database, project) >= rows);
    }

    private static long rowsOf(PostgresAddress database, String project) throws SQLException {
        try (var connection = Clicks.connect(database, project)) {
            var hasImports = Clicks.count(
                    connection,
                    "select count(*) from pg_tables where tablename = '_import'" + " and schemaname = '" + project
                            + "'");
            return hasImports == 0 ? 0 : Clicks.count(connection, "select coalesce(max(rows), 0) from _import");
        }
    }
}
