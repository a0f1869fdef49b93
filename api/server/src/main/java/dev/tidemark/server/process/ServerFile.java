package dev.tidemark.server.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * How commands on this machine reach the server that runs on a data directory, in its file {@code server.json}.
 *
 * @param key for administrators; it dies with the server
 * @param process the server's, by which a file of a killed server is told from one that counts
 */
public record ServerFile(String url, String key, long process) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Empty when no server runs there. */
    public static Optional<ServerFile> read(Path data) throws IOException {
        try {
            var file = JSON.readValue(Files.readAllBytes(file(data)), ServerFile.class);
            return ProcessHandle.of(file.process())
                    .filter(ProcessHandle::isAlive)
                    .map(running -> file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Readable to the owner only, and never half-written. */
    void write(Path data) throws IOException {
        var unfinished = Files.createTempFile(
                data,
                "server",
                ".json",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(unfinished, JSON.writeValueAsBytes(Map.of("url", url, "key", key, "process", process)));
        Files.move(unfinished, file(data), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static void delete(Path data) throws IOException {
        Files.deleteIfExists(file(data));
    }

    private static Path file(Path data) {
        return data.resolve("server.json");
    }

    /** Without the key, which has no business in a log. */
    @Override
    public String toString() {
        return url;
    }
}
