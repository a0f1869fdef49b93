package dev.tidemark.server.cli;

import dev.tidemark.server.upload.ImportClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A project of the server that a command asks. */
final class ProjectConnection {

    private static final Duration TO_CONNECT = Duration.ofSeconds(5);

    @Mixin
    private Connection connection = new Connection();

    @Option(names = "--project", paramLabel = "SLUG", required = true, description = "The project.")
    private String project = "";

    String project() {
        return project;
    }

    ImportClient.Server server() throws IOException {
        return connection.server();
    }

    /** Whoever opens it closes it. */
    HttpClient open() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TO_CONNECT)
                .build();
    }
}
