package dev.tidemark.server.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/** What PostgreSQL wrote while it failed to start. */
final class Log {
    private Log() {}

    static Optional<String> lastFault(Path directory) throws IOException {
        Optional<Path> newest;
        try (var files = Files.list(directory)) {
            newest = files.max(Comparator.comparingLong(file -> file.toFile().lastModified()));
        }
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        // the log may quote text in another encoding: ISO 8859-1 reads every byte
        return Files.readAllLines(newest.get(), StandardCharsets.ISO_8859_1).stream()
                .filter(line -> line.contains("FATAL:  ") || line.contains("PANIC:  "))
                .map(line -> line.replaceFirst(".*(FATAL|PANIC):  ", ""))
                .reduce((earlier, later) -> later);
    }
}
