package dev.tidemark.server.cli;

import dev.tidemark.core.modules.Settings;
import dev.tidemark.server.process.Banner;
import dev.tidemark.server.process.ConfigurationFile;
import dev.tidemark.server.process.Logging;
import dev.tidemark.server.process.Running;
import dev.tidemark.server.process.Server;
import dev.tidemark.server.process.StopLimit;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a server until it is told to stop. An option stands for its setting, and wins over environment and file. */
@Command(name = "serve", description = "Run a server; without a database URL, with a PostgreSQL of its own.")
final class ServeCommand implements Callable<Integer> {

    private static final Path USUAL_FILE = Path.of("tidemark.yaml");

    private final Map<String, String> given = new HashMap<>();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration; else tidemark.yaml, if it is there.")
    private @Nullable Path config;

    @Option(names = "--port", paramLabel = "PORT", description = "The port to listen on (8080).")
    void port(String port) {
        given.put("TIDEMARK_SERVER_PORT", port);
    }

    @Option(names = "--host", paramLabel = "ADDRESS", description = "The address to listen on (127.0.0.1).")
    void host(String host) {
        given.put("TIDEMARK_SERVER_HOST", host);
    }

    @Option(names = "--data", paramLabel = "DIRECTORY", description = "Where everything is kept (./data).")
    void data(String data) {
        given.put("TIDEMARK_SERVER_DATA", data);
    }

    @Option(names = "--plugins", paramLabel = "DIRECTORY", description = "Where plugins are found (./plugins).")
    void plugins(String plugins) {
        given.put("TIDEMARK_SERVER_PLUGINS", plugins);
    }

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "A PostgreSQL of yours: postgresql://user@host:5432/database.")
    void databaseUrl(String url) {
        given.put("TIDEMARK_DATABASE_URL", url);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var settings = settings();
        Logging.configure(settings);
        try (var server = new Server(settings)) {
            var limit = StopLimit.of(server.settings());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> limit.watch(server::close), "stop"));
            var running = server.start();
            if (running.isPresent()) {
                announce(running.get());
                new CountDownLatch(1).await();
            }
        }
        return 0;
    }

    private static void announce(Running server) {
        System.out.print(new Banner(server, sinceLaunch()).text());
        System.out.flush();
    }

    /** As long as the person at the terminal has waited. */
    private static long sinceLaunch() {
        return ManagementFactory.getRuntimeMXBean().getUptime();
    }

    private Settings settings() {
        var file = config == null ? ConfigurationFile.read(USUAL_FILE, false) : ConfigurationFile.read(config, true);
        Map<String, String> environment = new HashMap<>(System.getenv());
        // these two are for the commands that ask a server
        environment.keySet().removeAll(java.util.Set.of("TIDEMARK_URL", "TIDEMARK_KEY"));
        environment.putAll(given);
        return new Settings(file, environment);
    }
}
