package dev.tidemark.server.process;

import dev.tidemark.core.modules.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every setting there is. Modules declare theirs when they start, so a server is started for a moment, on nothing. */
public final class AllSettings {

    private AllSettings() {}

    /** @param plugins whose settings count too */
    public static List<Settings.Declared> find(Path plugins) throws IOException {
        var directory = Files.createTempDirectory("tidemark-settings");
        var settings = new Settings(
                Map.of(
                        "server.data",
                        directory.toString(),
                        "server.plugins",
                        plugins.toString(),
                        "server.port",
                        "0",
                        "log.level",
                        "error"),
                Map.of());
        Logging.configure(settings);
        try (var server = new Server(settings)) {
            server.start();
            return settings.declared();
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
