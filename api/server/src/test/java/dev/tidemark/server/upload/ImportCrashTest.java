package dev.tidemark.server.upload;

import static dev.tidemark.server.upload.Typed.tidemark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.ServerProcess;
import dev.tidemark.testkit.PostgresExtension;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class ImportCrashTest {

    private static final int ROUNDS = Integer.getInteger("tidemark.rounds", 3);
    private static final int ROWS = 100_000;

    @TempDir
    private Path directory;

    @Test
    void anImportOutlivesItsServerAndCountsEachRowOnce(PostgresAddress database) throws Exception {
        var clicks = Clicks.generate(directory.resolve("clicks.csv"), ROWS);
        var random = new Random(7);
        try (var server = ServerProcess.on(database, directory.resolve("data"))) {
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
                    awaitRows(typed, database, project, random.nextInt(ROWS));
                    server.kill();
                    server.restart();

                    assertThat(typed.output()).contains("100,000 rows: 100,000 stored");
                }
                clicks.assertImported(database, project);
            }
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
