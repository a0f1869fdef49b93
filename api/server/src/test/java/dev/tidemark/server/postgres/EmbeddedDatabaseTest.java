package dev.tidemark.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(DatabaseDirectory.class)
class EmbeddedDatabaseTest {

    @Test
    void aRestartKeepsRowsAndPort(Path directory) throws Exception {
        String firstUrl;
        try (var database = EmbeddedDatabase.start(directory);
                var session = Session.of(database)) {
            firstUrl = database.url();
            session.run("create table kept as select generate_series(1, 1000) as id");
        }

        try (var database = EmbeddedDatabase.start(directory);
                var session = Session.of(database)) {

            assertThat(database.url()).isEqualTo(firstUrl);
            assertThat(session.value("select count(*) from kept")).isEqualTo("1000");
        }
    }

    @Test
    void aPortThatIsTakenIsReplaced(Path directory) throws Exception {
        EmbeddedDatabase.start(directory).close();
        int port = Port.last(directory.resolve("port"));

        try (var _ = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"));
                var database = EmbeddedDatabase.start(directory)) {

            assertThat(database.url()).doesNotContain(":" + port + "/");
        }
    }

    @Test
    void aPortThatIsTakenAmidTheStartIsReplaced(Path directory) throws Exception {
        var home = Home.create(directory);
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var choices = Stream.<Port.Choice>of(file -> taken.getLocalPort(), Port::choose)
                    .iterator();

            try (var database = EmbeddedDatabase.start(
                            home,
                            DirectoryLock.acquire(home),
                            file -> choices.next().of(file));
                    var session = Session.of(database)) {

                assertThat(session.value("select inet_server_port()")).isNotEqualTo("" + taken.getLocalPort());
                assertThat(choices.hasNext()).isFalse();
            }
        }
    }

    @Test
    void whatIsCommittedIsOnDisk(Path directory) throws Exception {
        try (var database = EmbeddedDatabase.start(directory);
                var session = Session.of(database)) {

            assertThat(session.value("select current_setting('fsync')")).isEqualTo("on");
            assertThat(session.value("select current_setting('synchronous_commit')"))
                    .isEqualTo("on");
            assertThat(session.value("select current_setting('full_page_writes')"))
                    .isEqualTo("on");
            assertThat(session.value("select current_setting('data_checksums')"))
                    .isEqualTo("on");
        }
    }

    @Test
    void nobodyGetsInWithoutThePassword(Path directory) throws Exception {
        try (var database = EmbeddedDatabase.start(directory);
                var session = Session.of(database)) {

            assertThatThrownBy(() -> DriverManager.getConnection(database.url(), database.user(), "postgres"))
                    .asInstanceOf(type(SQLException.class))
                    .returns("28P01", SQLException::getSQLState);
            assertThat(session.value("select count(*) from pg_hba_file_rules where auth_method <> 'scram-sha-256'"))
                    .isEqualTo("0");
            assertThat(session.value("select current_setting('listen_addresses')"))
                    .isEqualTo("127.0.0.1");
            assertThat(session.value("select current_setting('unix_socket_directories')"))
                    .isEmpty();
        }
    }

    @Test
    void onlyTheOwnerReadsTheDirectory(Path directory) throws Exception {
        try (var database = EmbeddedDatabase.start(directory)) {

            assertThat(permissions(directory)).isEqualTo("rwx------");
            assertThat(permissions(directory.resolve("data"))).isEqualTo("rwx------");
            assertThat(permissions(directory.resolve("password"))).isEqualTo("rw-------");
            assertThat(directory.resolve("password")).hasContent(database.password());
        }
    }

    @Test
    void aStartThatWasInterruptedAmidTheFirstOneBeginsAgain(@TempDir Path temporary) throws Exception {
        Path directory = temporary.resolve("data/postgres");
        Files.createDirectories(directory.resolve("data.new/base"));
        Files.createDirectories(directory.resolve("bin/unfinished"));

        try (var database = EmbeddedDatabase.start(directory);
                var session = Session.of(database)) {

            assertThat(session.value("select 1")).isEqualTo("1");
        }
    }

    @Test
    void aSecondServerOnTheDirectoryIsRefused(Path directory) throws Exception {
        try (var database = EmbeddedDatabase.start(directory)) {

            assertThatThrownBy(() -> EmbeddedDatabase.start(directory))
                    .isInstanceOf(EmbeddedDatabaseException.class)
                    .hasMessageContainingAll(
                            directory.toRealPath().toString(),
                            "in use by process " + ProcessHandle.current().pid(),
                            "stop that one, or choose another data directory");
            Session.of(database).close();
        }
    }

    @Test
    void aSecondProcessOnTheDirectoryIsRefused(Path directory) throws Exception {
        try (var other = ServerProcess.start(directory)) {

            assertThatThrownBy(() -> EmbeddedDatabase.start(directory))
                    .isInstanceOf(EmbeddedDatabaseException.class)
                    .hasMessageContainingAll(
                            directory.toRealPath().toString(),
                            "in use by process " + other.process().pid());
            Session.of(directory).close();
        }
    }

    @Test
    void closingTwiceLeavesTheSuccessorAlone(Path directory) throws Exception {
        var first = EmbeddedDatabase.start(directory);
        first.close();

        try (var second = EmbeddedDatabase.start(directory)) {
            first.close();

            Session.of(second).close();
        }
    }

    @Test
    void dataOfAnotherMajorVersionIsRefused(Path directory) throws Exception {
        Files.writeString(directory.resolve("data/PG_VERSION"), "17\n");

        assertThatThrownBy(() -> EmbeddedDatabase.start(directory))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContainingAll("written by PostgreSQL 17", "PostgreSQL 18", "pg_dump");
    }

    @Test
    void aLostPasswordIsRefused(Path directory) throws Exception {
        Files.delete(directory.resolve("password"));

        assertThatThrownBy(() -> EmbeddedDatabase.start(directory))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContainingAll("password is missing", "put it back");
    }

    @Test
    void aStartThatFailsSaysWhy(Path directory) throws Exception {
        Files.writeString(directory.resolve("data/postgresql.auto.conf"), "shared_preload_libraries = 'absent'\n");

        assertThatThrownBy(() -> EmbeddedDatabase.start(directory))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContainingAll(
                        "did not start",
                        "could not access file \"absent\"",
                        directory.resolve("log").toString());

        Files.writeString(directory.resolve("data/postgresql.auto.conf"), "");
        EmbeddedDatabase.start(directory).close();
    }

    @Test
    void aPathThatAShellWouldChangeIsRefused(@TempDir Path temporary) {
        Stream.of("a\"b", "a$b", "a`b", "a\\b")
                .map(temporary::resolve)
                .forEach(directory -> assertThatThrownBy(() -> EmbeddedDatabase.start(directory))
                        .isInstanceOf(EmbeddedDatabaseException.class)
                        .hasMessageContaining("choose a data directory whose path"));
    }

    @Test
    void anOddButHarmlessPathIsFine(@TempDir Path temporary) throws Exception {
        Path directory = temporary.resolve("it's (my) data; été & co");
        RunDatabase.copyProgramsTo(directory);

        try (var database = EmbeddedDatabase.start(directory)) {

            Session.of(database).close();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
