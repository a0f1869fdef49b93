package dev.tidemark.server.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the database in the box is. */
final class DataDirectory {

    @Option(names = "--data", paramLabel = "DIRECTORY", description = "The server's data directory (./data).")
    private Path data = Path.of("data");

    Path postgres() {
        return data.resolve("postgres");
    }

    @Override
    public String toString() {
        return data.toString();
    }
}
