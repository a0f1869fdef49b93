package dev.tidemark.server.cli;

import dev.tidemark.server.process.ServerFile;
import dev.tidemark.server.upload.ImportClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server a command asks: the one that is named, else the one that runs on this machine's data directory. */
final class Connection {

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The server to ask; else TIDEMARK_URL, else the one of --data.")
    private @Nullable String url;

    @Option(names = "--key", paramLabel = "KEY", description = "The key to ask with; else TIDEMARK_KEY.")
    private @Nullable String key;

    @Option(
            names = "--data",
            paramLabel = "DIRECTORY",
            defaultValue = "data",
            description = "The data directory of a server on this machine (./data).")
    private Path data = Path.of("data");

    ServerClient open() throws IOException {
        var server = server();
        return new ServerClient(server.url(), server.key());
    }

    /** The server as it is now: one that started again has another key for this machine, perhaps another port. */
    ImportClient.Server server() throws IOException {
        var givenUrl = given(url, "TIDEMARK_URL");
        var givenKey = given(key, "TIDEMARK_KEY");
        if (givenUrl.isPresent() && givenKey.isPresent()) {
            return new ImportClient.Server(givenUrl.get(), givenKey.get());
        }
        if (givenUrl.isPresent()) {
            throw new CommandFailed("A server that --url names needs a key: give --key, or TIDEMARK_KEY.");
        }
        var running = ServerFile.read(data)
                .orElseThrow(() -> new CommandFailed("No server runs on the data directory " + data.toAbsolutePath()
                        + ": start one with ./tidemark serve, or name another with --data, or with --url and --key."));
        return new ImportClient.Server(running.url(), givenKey.orElse(running.key()));
    }

    private static Optional<String> given(@Nullable String option, String variable) {
        return Optional.ofNullable(option)
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .filter(text -> !text.isBlank());
    }
}
