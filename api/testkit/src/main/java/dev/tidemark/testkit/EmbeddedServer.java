package dev.tidemark.testkit;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * An embedded PostgreSQL on a copy of what {@code initdb} made once for all test processes of this machine: to copy that takes a
 * tenth of making it.
 */
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
        copy(template(), data);
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
            delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path template() throws IOException {
        var place = Path.of(System.getProperty("java.io.tmpdir"), "tidemark-initdb-" + System.getProperty("user.name"));
        Files.createDirectories(place);
        var made = place.resolve(version());
        try (var channel = FileChannel.open(place.resolve("making"), CREATE, WRITE);
                var _ = channel.lock()) {
            if (!Files.isDirectory(made)) {
                var unfinished = place.resolve("unfinished");
                delete(unfinished);
                on(unfinished).close();
                Files.move(unfinished, made);
            }
        }
        return made;
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

    private static void copy(Path from, Path to) throws IOException {
        for (var file : parentsFirst(from)) {
            Files.copy(file, to.resolve(from.relativize(file)), COPY_ATTRIBUTES, NOFOLLOW_LINKS);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            for (var file : parentsFirst(directory).reversed()) {
                Files.delete(file);
            }
        }
    }

    private static List<Path> parentsFirst(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.toList();
        }
    }
}
