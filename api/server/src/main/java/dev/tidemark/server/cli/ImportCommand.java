package dev.tidemark.server.cli;

import dev.tidemark.server.upload.FileImport;
import dev.tidemark.server.upload.ImportClient;
import dev.tidemark.server.upload.ImportState;
import dev.tidemark.server.upload.Progress;
import dev.tidemark.server.upload.Retries;
import dev.tidemark.server.upload.SourceFile;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings a CSV file into a collection of a running server. */
@Command(
        name = "import",
        description = {
            "Import a CSV file with a header line: each column but time and user becomes a property.",
            "Interrupted? Type the same command again: it goes on where it was."
        })
final class ImportCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration TO_CONNECT = Duration.ofSeconds(5);

    @Mixin
    private Connection connection = new Connection();

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file, in UTF-8.")
    private Path file = Path.of("");

    @Option(names = "--project", paramLabel = "SLUG", required = true, description = "The project.")
    private String project = "";

    @Option(names = "--collection", paramLabel = "NAME", required = true, description = "The collection of the events.")
    private String collection = "";

    @Option(names = "--id", paramLabel = "ID", description = "Names the import, instead of a name made from the file.")
    private @Nullable String id;

    private final Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--time",
            paramLabel = "COLUMN",
            description = "When it happened (time or timestamp, if there; else now).")
    void time(String column) {
        parameters.put("time", column);
    }

    @Option(names = "--user", paramLabel = "COLUMN", description = "Who did it (user, if there).")
    void user(String column) {
        parameters.put("user", column);
    }

    @Option(
            names = "--delimiter",
            paramLabel = "CHARACTER",
            description = "What is between fields (,); tab is a word for it.")
    void delimiter(String delimiter) {
        parameters.put("delimiter", delimiter);
    }

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Where the clock stands for times without a zone (UTC).")
    void zone(String zone) {
        parameters.put("zone", zone);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CommandFailed("There is no file " + file + " that can be read.");
        }
        connection.server();
        var source = SourceFile.of(file);
        var importId = id == null ? source.importId(collection) : id;
        parameters.put("id", importId);
        parameters.put("collection", collection);
        try (var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TO_CONNECT)
                .build()) {
            run(source, importId, new ImportClient(http, this::server, project));
        }
        return 0;
    }

    private void run(SourceFile source, String importId, ImportClient client) throws InterruptedException {
        var before = before(client, importId);
        var out = Output.of(spec);
        if (before.finished()) {
            out.println(file + " is imported already (" + before.summary()
                    + "), so nothing was added. To import it once more," + " name the import: --id another-id");
            return;
        }
        if (before.rows() > 0) {
            out.printf("Going on at row %,d.%n", before.rows());
        }
        ImportState done;
        try (var progress = Progress.on(out, file.getFileName().toString(), source.rows())) {
            var retries = new Retries(PATIENCE, System::nanoTime, Thread::sleep);
            done = new FileImport(client, source, importId, parameters, progress, retries).run(before);
        }
        out.println(done.summary() + ".");
    }

    private ImportClient.Server server() throws IOException {
        try {
            return connection.server();
        } catch (CommandFailed e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static ImportState before(ImportClient client, String importId) throws InterruptedException {
        try {
            return client.progress(importId);
        } catch (IOException e) {
            throw new CommandFailed(
                    "The server does not answer (" + e.getMessage() + "): start it with ./tidemark serve.");
        }
    }
}
