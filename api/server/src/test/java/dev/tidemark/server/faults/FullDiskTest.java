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
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A database with one small disk for its tables, and another one for its write-ahead log. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FullDiskTest {

    private static final int MEGABYTES = 160;

    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private Path home;
    private SmallDisk tables;
    private SmallDisk log;
    private EmbeddedDatabase database;
    private PostgresAddress address;
    private ServerProcess server;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        tables = mount(directory.resolve("tables"));
        log = mount(directory.resolve("log"));
        home = directory.resolve("postgres");
        RunDatabase.copyTo(home);
        move(home.resolve("data/pg_wal"), log.path().resolve("pg_wal"));
        database = EmbeddedDatabase.start(home);
        started.push(() -> database.close());
        address = EmbeddedAddress.of(home);
        try (var books = Books.open(address, "public")) {
            books.run(
                    // else PostgreSQL keeps old segments for later, until in some round there is no room for a new one
                    "alter system set min_wal_size = '32MB'",
                    "alter system set max_wal_size = '64MB'",
                    "select pg_reload_conf()",
                    "create tablespace small location '" + tables.path() + "'",
                    "alter database postgres set default_tablespace = small");
        }
        server = ServerProcess.on(address, directory.resolve("data"));
        started.push(server);
    }

    @AfterAll
    void stop() throws Exception {
        for (var each : started) {
            each.close();
        }
    }

    /** f19 */
    @Test
    void whileTheDisksOfTheTablesAreFullSendersAreToldToComeBack() throws Exception {
        var sender = Client.of(server.awaitReady(), "full_tables");
        try (var load = new Load(sender)) {
            for (int round = 0; round < Figures.ROUNDS; round++) {
                load.survive(new Load.Fault() {

                    @Override
                    public void make() {
                        tables.fill();
                        await().atMost(Duration.ofMinutes(3)).until(() -> isToldToComeBack(sender));
                        assertThat(server.readiness()).isEqualTo(200);
                    }

                    @Override
                    public void repair() throws IOException {
                        tables.free();
                    }
                });
            }
            load.settle("Full disk of tables", address, "full_tables");
        }
    }

    /** f20: PostgreSQL gives up, and is started anew when there is room. */
    @Test
    void aDatabaseWhoseLogHasNoRoomLosesNothingAcknowledged() throws Exception {
        try (var load = new Load(Client.of(server.awaitReady(), "full_log"))) {
            for (int round = 0; round < Figures.ROUNDS; round++) {
                load.survive(new Load.Fault() {

                    @Override
                    public void make() {
                        log.fill();
                        await().atMost(Duration.ofMinutes(3))
                                .pollInterval(Duration.ofMillis(20))
                                .until(FullDiskTest.this::isDownForWantOfRoom);
                        assertThat(server.isAlive()).isTrue();
                    }

                    @Override
                    public void repair() throws IOException {
                        log.free();
                        new DatabaseProcesses(home).kill();
                        database.close();
                        database = EmbeddedDatabase.start(home);
                    }
                });
            }
            load.settle("Full disk of the write-ahead log", address, "full_log");
        }
    }

    /** Needs another segment of the log, and tells whether that was too much. Without room PostgreSQL recovers in vain, or gives up. */
    private boolean isDownForWantOfRoom() {
        try (var connection = DriverManager.getConnection(address.url(), address.user(), address.password());
                var statement = connection.createStatement()) {
            statement.execute("select pg_switch_wal()");
            return false;
        } catch (SQLException e) {
            return true;
        }
    }

    private SmallDisk mount(Path path) throws IOException {
        var disk = SmallDisk.mount(path, MEGABYTES);
        started.push(disk);
        return disk;
    }

    private static boolean isToldToComeBack(Client sender) throws IOException {
        var large = "{\"collection\": \"late\", \"properties\": {\"text\": \"" + "x".repeat(10_000) + "\"}}";
        return sender.collect(large).statusCode() == 503;
    }

    private static void move(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (var files = Files.walk(from)) {
            for (var file : files.skip(1).toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
        new ProcessBuilder("rm", "-r", from.toString()).start().onExit().join();
        Files.createSymbolicLink(from, to);
    }
}
