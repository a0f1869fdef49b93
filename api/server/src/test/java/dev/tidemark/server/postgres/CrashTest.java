package dev.tidemark.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DatabaseDirectory.class)
class CrashTest {

    @Test
    void aKilledServerLosesNoRow(Path directory) throws Exception {
        ProcessHandle orphan;
        try (var server = ServerProcess.start(directory)) {
            insertRows(directory);
            orphan = server.postmaster();
            server.kill();
        }
        assertThat(orphan.isAlive()).isTrue();

        try (var database = EmbeddedDatabase.start(directory)) {

            assertRowsAreThere(database);
        }
    }

    @Test
    void aKilledServerAndDatabaseLoseNoRow(Path directory) throws Exception {
        try (var server = ServerProcess.start(directory)) {
            insertRows(directory);
            server.killWithDatabase();
        }

        try (var database = EmbeddedDatabase.start(directory)) {

            assertRowsAreThere(database);
        }
    }

    @Test
    void aBackendThatOutlivesTheKilledDatabaseIsEnded(Path directory) throws Exception {
        try (var server = ServerProcess.start(directory);
                var session = Session.of(directory)) {
            insertRows(directory);
            long backend = Long.parseLong(session.value("select pg_backend_pid()"));
            Thread.ofVirtual().start(() -> countForEver(session));
            await().atMost(Duration.ofMinutes(1)).until(() -> isCounting(directory, backend));
            server.killWithDatabase();
            assertThat(isRunning(backend)).isTrue();

            try (var database = EmbeddedDatabase.start(directory)) {

                assertRowsAreThere(database);
                assertThat(isRunning(backend)).isFalse();
            }
        }
    }

    @Test
    void aDatabaseThatDiedUnderItsServerIsClosedAndStartedAgain(Path directory) throws Exception {
        try (var _ = EmbeddedDatabase.start(directory)) {
            insertRows(directory);
            new ServerProcess(new ProcessBuilder("true").start(), directory).killWithDatabase();
        }

        try (var database = EmbeddedDatabase.start(directory)) {

            assertRowsAreThere(database);
        }
    }

    @Test
    void aStrangerWithTheNumberOfTheDeadDatabaseIsLeftAlone(Path directory) throws Exception {
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            writePostmasterFile(directory, stranger.pid());

            try (var database = EmbeddedDatabase.start(directory)) {

                Session.of(database).close();
                assertThat(stranger.isAlive()).isTrue();
            }
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aZombieWithTheNumberOfTheDeadDatabaseDoesNotCount(Path directory) throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0.2 & echo $!; exec sleep 600").start();
        try {
            String zombie =
                    parent.inputReader(StandardCharsets.US_ASCII).readLine().strip();
            await().atMost(Duration.ofMinutes(1))
                    .until(() ->
                            Files.readString(Path.of("/proc", zombie, "stat")).contains(") Z "));
            writePostmasterFile(directory, Long.parseLong(zombie));

            try (var database = EmbeddedDatabase.start(directory)) {

                Session.of(database).close();
            }
        } finally {
            parent.destroyForcibly();
        }
    }

    private static void insertRows(Path directory) throws Exception {
        try (var session = Session.of(directory)) {
            session.run("create table kept as select generate_series(1, 1000) as id");
        }
    }

    private static void assertRowsAreThere(EmbeddedDatabase database) throws SQLException {
        try (var session = Session.of(database)) {
            assertThat(session.value("select count(*) from kept")).isEqualTo("1000");
        }
    }

    private static void countForEver(Session session) {
        try {
            session.run("select count(*) from generate_series(1, 1000000) a, generate_series(1, 1000000) b");
        } catch (SQLException killed) {
            // the end that the test makes for it
        }
    }

    private static boolean isCounting(Path directory, long backend) throws Exception {
        try (var session = Session.of(directory)) {
            return session.value("select state from pg_stat_activity where pid = " + backend)
                    .equals("active");
        }
    }

    /** A zombie has no command. */
    private static boolean isRunning(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .isPresent();
    }

    private static void writePostmasterFile(Path directory, long pid) throws Exception {
        Path data = directory.resolve("data");
        Files.writeString(data.resolve("postmaster.pid"), "%d%n%s%n1%n5432%n".formatted(pid, data));
    }
}
