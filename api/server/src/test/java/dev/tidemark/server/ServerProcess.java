package dev.tidemark.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.process.StopLimit;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, which can be killed, frozen, and started anew on what it left. */
public final class ServerProcess implements AutoCloseable {

    /** Of administrators, in each of these servers. */
    public static final String ADMIN_KEY = "tmk_admin_key_of_the_tests";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path directory;
    private final int port;
    private final List<String> options;
    private final HttpClient client = HttpClient.newHttpClient();
    private Process process;

    private ServerProcess(Path directory, int port, List<String> options) {
        this.directory = directory;
        this.port = port;
        this.options = options;
        this.process = launch();
    }

    /** A server with a PostgreSQL of its own, which keeps everything in a directory. Returns when it is ready. */
    public static ServerProcess embedded(Path directory, String... options) {
        return ready(launched(directory, options));
    }

    /** A server on a given database. Returns when it is ready. */
    public static ServerProcess on(PostgresAddress database, Path directory, String... options) {
        List<String> all = new ArrayList<>(List.of("--database-url", url(database)));
        all.addAll(List.of(options));
        return ready(launched(directory, all.toArray(String[]::new)));
    }

    private static ServerProcess ready(ServerProcess server) {
        try {
            return server.awaitReady();
        } catch (RuntimeException e) {
            server.kill();
            throw e;
        }
    }

    /** A server that nobody waited for. */
    public static ServerProcess launched(Path directory, String... options) {
        return new ServerProcess(directory, freePort(), List.of(options));
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** All that it printed since its last launch. */
    public String output() {
        try {
            return Files.readString(output(directory), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ServerProcess awaitReady() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("The server ended with " + process.exitValue() + ":\n" + output());
            }
            return readiness() == 200;
        });
        return this;
    }

    /** The status of {@code /health/ready}; 0 when nobody listens. */
    public int readiness() {
        try {
            var request = HttpRequest.newBuilder(URI.create(url() + "/health/ready"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** What it answers administrators who ask by GraphQL, as JSON. */
    public String ask(String query) {
        return ask(ADMIN_KEY, query);
    }

    /** The same for whoever has the key. */
    public String ask(String key, String query) {
        try {
            var body = JSON.writeValueAsString(Map.of("query", query));
            var request = HttpRequest.newBuilder(URI.create(url() + "/graphql"))
                    .timeout(Duration.ofMinutes(2))
                    .headers("Content-Type", "application/json", "X-API-Key", key)
                    .POST(BodyPublishers.ofString(body))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGKILL: it can do nothing about it. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGSTOP: it does nothing, and does not know it. */
    public void freeze() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void thaw() {
        signal("CONT");
    }

    /** SIGTERM; returns at once. */
    public void askToStop() {
        process.destroy();
    }

    /** Waits for its end, and returns its exit code. */
    public int awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("The server does not end:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts it anew, on the same directory and port. Returns when it is ready. */
    public void restart() {
        process = launch();
        awaitReady();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            thaw();
            askToStop();
            if (awaitEnd() == StopLimit.HUNG) {
                System.err.println(output());
                threads().forEach(System.err::println);
            }
        }
    }

    /** What they were doing when a stop hung. */
    private List<String> threads() {
        try {
            return Files.readAllLines(directory.resolve("threads-" + pid() + ".txt"), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code --database-url} takes it. */
    public static String url(PostgresAddress database) {
        var separator = database.url().contains("?") ? "&" : "?";
        return database.url() + separator + "user=" + database.user() + "&password=" + database.password();
    }

    private Process launch() {
        List<String> arguments = new ArrayList<>(List.of(
                "serve",
                "--port",
                Integer.toString(port),
                "--data",
                directory.toString(),
                "--plugins",
                directory.resolve("plugins").toString()));
        arguments.addAll(options);
        var builder = new ProcessBuilder(JavaCommand.of(List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError"), arguments))
                .redirectErrorStream(true)
                .redirectOutput(output(directory).toFile())
                .directory(made(directory));
        builder.environment().put("TIDEMARK_ADMIN_KEY", ADMIN_KEY);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path output(Path directory) {
        return directory.resolveSibling(directory.getFileName() + ".log");
    }

    private static File made(Path directory) {
        try {
            return Files.createDirectories(directory).toFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
