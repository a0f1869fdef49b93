package dev.tidemark.core.postgres;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** PgBouncer before a database. */
record Pooler(Process process, PostgresAddress address) implements AutoCloseable {

    /**
     * Skips the test where there is none.
     *
     * @param mode whose the sessions of PostgreSQL are: {@code transaction} or {@code session}
     */
    static Pooler before(PostgresAddress database, String mode, Path directory) throws IOException {
        assumeTrue(isInstalled(), "There is no PgBouncer on this machine.");
        var port = freePort();
        var settings = directory.resolve("pgbouncer.ini");
        Files.writeString(settings, settings(database, mode, port));
        // it refuses to run as root, and reads its settings before it becomes another user
        var command = "root".equals(System.getProperty("user.name"))
                ? List.of("pgbouncer", "-q", "-u", "nobody", settings.toString())
                : List.of("pgbouncer", "-q", settings.toString());
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        await().until(() -> isHeard(port));
        return new Pooler(
                process, new PostgresAddress("jdbc:postgresql://127.0.0.1:" + port + "/pooled", "any", "any"));
    }

    private static String settings(PostgresAddress database, String mode, int port) {
        var parsed = Objects.requireNonNull(Driver.parseURL(database.url(), new Properties()));
        return """
                [databases]
                pooled = host=%s port=%s dbname=%s user=%s password='%s'
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = %s
                ignore_startup_parameters = extra_float_digits
                """.formatted(
                        PGProperty.PG_HOST.getOrDefault(parsed),
                        PGProperty.PG_PORT.getOrDefault(parsed),
                        PGProperty.PG_DBNAME.getOrDefault(parsed),
                        database.user(),
                        database.password().replace("'", "''"),
                        port,
                        mode);
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "pgbouncer")));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean isHeard(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
