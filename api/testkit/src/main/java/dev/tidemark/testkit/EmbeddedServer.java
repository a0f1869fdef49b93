package dev.tidemark.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** An embedded PostgreSQL on a copy of what {@code initdb} made. */
final class EmbeddedServer {

    private static final List<String> BINARIES = List.of(
            "/postgres-linux-x86_64.txz",
            "/postgres-linux-arm_64.txz",
            "/postgres-darwin-x86_64.txz",
            "/postgres-darwin-arm_64.txz");

    private EmbeddedServer() {}

    /** It ends with the JVM, and leaves nothing. */
    static EmbeddedPostgres start() throws IOException {
        var directory = Files.createTempDirectory("tidemark-test-data");
        var data = directory.resolve("data");
        Template.of("tidemark-initdb", version(), unfinished -> on(unfinished).close())
                .copyTo(data);
        var server = on(data);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, directory)));
        return server;
    }

    private static EmbeddedPostgres on(Path data) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
    }

    private static void end(EmbeddedPostgres server, Path directory) {
        try {
            server.close();
            Template.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells the programs on the class path from all others. */
    private static String version() {
        var jars = BINARIES.stream()
                .map(EmbeddedPostgres.class::getResource)
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .toList();
        return Integer.toHexString(jars.hashCode());
    }
}
