package dev.tidemark.server.upload;

import static dev.tidemark.server.upload.Typed.tidemark;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.ServerProcess;
import dev.tidemark.server.postgres.DatabaseProcesses;
import dev.tidemark.server.postgres.EmbeddedAddress;
import dev.tidemark.server.postgres.EmbeddedDatabase;
import dev.tidemark.server.postgres.RunDatabase;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportCrashTest {

    private static final int ROUNDS = Integer.getInteger("tidemark.rounds", 3);
    private static final int ROWS = 40_000;
    private static final int SERVER = 0;
    private static final int DATABASE = 1;

    private Path directory;
    private Path home;
    private EmbeddedDatabase database;
    private ServerProcess server;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        directory = temporary;
        home = directory.resolve("postgres");
        RunDatabase.copyTo(home);
        database = EmbeddedDatabase.start(home);
        server = ServerProcess.on(EmbeddedAddress.of(home), directory.resolve("data"));
    }

    @AfterAll
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
            createProject(project);

            try (var typed = importInto(server, project, clicks.file())) {
                awaitRows(typed, EmbeddedAddress.of(home), project, random.nextInt(ROWS));
                fault(round % 3);

                assertThat(typed.output()).contains("40,000 rows: 40,000 stored");
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

    @Test
    void compressedLinesCountOnceWhenServerAndCommandAreKilled() throws Exception {
        var file = lines(directory.resolve("clicks.ndjson.gz"));
        var random = new Random(8);
        for (int round = 0; round < ROUNDS; round++) {
            var project = "lines_" + round;
            createProject(project);

            try (var typed = importInto(server, project, file)) {
                awaitRows(typed, EmbeddedAddress.of(home), project, random.nextInt(ROWS));
                server.kill();
            }
            server.restart();

            try (var again = importInto(server, project, file)) {
                assertThat(again.output()).contains("40,000 rows: 40,000 stored");
            }
            try (var connection = Clicks.connect(EmbeddedAddress.of(home), project)) {
                assertThat(Clicks.count(connection, "select count(*) from click"))
                        .isEqualTo(ROWS);
                assertThat(Clicks.count(connection, "select count(distinct n) from click"))
                        .isEqualTo(ROWS);
            }
        }
    }

    private static Path lines(Path file) throws IOException {
        try (var out = new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), UTF_8)) {
            for (int i = 0; i < ROWS; i++) {
                out.write("{\"n\":" + i + ",\"page\":\"/products/" + i % 100 + "\",\"price\":" + i / 7.0 + "}\n");
            }
        }
        return file;
    }

    private static Typed importInto(ServerProcess server, String project, Path file) {
        return tidemark(
                "import", file.toString(), "--project", project, "--collection", "click", "--url", server.url());
    }

    private void createProject(String project) {
        var answer =
                server.ask("mutation { createProject(input: {slug: \"%s\"}) { project { slug } } }".formatted(project));
        assertThat(answer).contains("\"slug\":\"" + project + "\"");
    }

    /** Until so many rows are committed, or all are. */
    private static void awaitRows(Typed typed, PostgresAddress database, String project, long rows)
            throws SQLException {
        try (var connection = Clicks.connect(database, project)) {
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> !typed.isRunning() || rowsOf(connection, project) >= rows);
        }
    }

    private static long rowsOf(Connection connection, String project) throws SQLException {
        var hasImports = Clicks.count(
                connection,
                "select count(*) from pg_tables where tablename = '_import'" + " and schemaname = '" + project + "'");
        return hasImports == 0 ? 0 : Clicks.count(connection, "select coalesce(max(rows), 0) from _import");
    }
}
