package dev.tidemark.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.server.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A server in a process of its own, on the PostgreSQL in the box, with one project. */
final class Site implements AutoCloseable {

    private static final String LAUNCHER = "./tidemark";
    static final String PROJECT = "bench";
    private static final String ADMIN_KEY = "tmk_benchmarks_benchmarks_benchmarks_bench";
    private static final long POLL_NANOS = 5_000_000;

    private final Path directory;
    private final int port;
    private final EmbeddedDatabase database;
    private Process server;
    private String masterKey = "";

    Site() throws Exception {
        this.directory = Files.createTempDirectory("tidemark-benchmark");
        this.port = freePort();
        this.database = EmbeddedDatabase.start(directory.resolve("postgres"));
        try {
            this.server = startServer();
        } catch (Exception e) {
            database.close();
            throw e;
        }
        this.masterKey = createProject();
    }

    InetAddress address() {
        return InetAddress.getLoopbackAddress();
    }

    int port() {
        return port;
    }

    String host() {
        return "127.0.0.1:" + port;
    }

    String masterKey() {
        return masterKey;
    }

    EmbeddedDatabase database() {
        return database;
    }

    Path directory() {
        return directory;
    }

    long serverProcess() {
        return server.pid();
    }

    /** The first process of PostgreSQL. */
    long postmaster() {
        return Long.parseLong(firstLine(directory.resolve("postgres/data/postmaster.pid")));
    }

    /** A connection that stands in the project's schema. */
    Connection connect() throws SQLException {
        var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
        connection.setSchema(PROJECT);
        return connection;
    }

    void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Stops the server and starts it again. The seconds until it was ready. */
    double restart() throws Exception {
        stopServer();
        var start = System.nanoTime();
        server = startServer();
        return (System.nanoTime() - start) / 1e9;
    }

    /** Runs a command of the command line to its end, against this server. */
    void tidemark(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(LAUNCHER));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).inheritIO();
        process.environment().put("TIDEMARK_URL", "http://" + host());
        process.environment().put("TIDEMARK_KEY", ADMIN_KEY);
        if (process.start().waitFor() != 0) {
            throw new IOException(String.join(" ", arguments) + " failed");
        }
    }

    /** Runs commands by psql, in one session. What it prints: rows without frills, columns joined by bars. */
    String psql(String... commands) throws Exception {
        var words = new ArrayList<>(List.of("psql", "-XAt", "-d", database.url().replaceAll("^jdbc:", "")));
        for (var command : commands) {
            words.addAll(List.of("-c", command));
        }
        var process = new ProcessBuilder(words).redirectErrorStream(true);
        process.environment().put("PGUSER", database.user());
        process.environment().put("PGPASSWORD", database.password());
        process.environment().put("PGOPTIONS", "-c search_path=" + PROJECT);
        var started = process.start();
        var output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (started.waitFor() != 0) {
            throw new IOException("psql: " + output);
        }
        return output;
    }

    @Override
    public void close() throws IOException {
        stopServer();
        database.close();
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Process startServer() throws Exception {
        var process = new ProcessBuilder(
                        LAUNCHER,
                        "serve",
                        "--port",
                        Integer.toString(port),
                        "--data",
                        directory.toString(),
                        "--plugins",
                        plugins().toString(),
                        "--database-url",
                        database.url())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("server.log").toFile()));
        process.environment().put("TIDEMARK_DATABASE_USER", database.user());
        process.environment().put("TIDEMARK_DATABASE_PASSWORD", database.password());
        process.environment().put("TIDEMARK_ADMIN_KEY", ADMIN_KEY);
        var started = process.start();
        while (!isReady()) {
            if (!started.isAlive()) {
                throw new IOException(Files.readString(directory.resolve("server.log")));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return started;
    }

    private void stopServer() {
        server.destroy();
        server.onExit().join();
    }

    private boolean isReady() {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://" + host() + "/health/ready"))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String createProject() throws Exception {
        var query = "{\"query\": \"mutation { createProject(input: {slug: \\\"" + PROJECT
                + "\\\"}) { keys { master } userErrors { message } } }\"}";
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://" + host() + "/graphql"))
                    .header("Authorization", "Bearer " + ADMIN_KEY)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(query))
                    .build();
            var answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return new ObjectMapper()
                    .readTree(answer)
                    .at("/data/createProject/keys/master")
                    .asText();
        }
    }

    /** The jar of the benchmarks is a plugin: it brings the bare route. */
    private Path plugins() throws Exception {
        var jar = Path.of(BareModule.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        var plugins = Files.createDirectories(directory.resolve("plugins"));
        Files.copy(jar, plugins.resolve("bare.jar"), StandardCopyOption.REPLACE_EXISTING);
        return plugins;
    }

    private static String firstLine(Path file) {
        try {
            return Files.readAllLines(file).getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
