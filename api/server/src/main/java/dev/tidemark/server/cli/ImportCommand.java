package dev.tidemark.server.cli;

import dev.tidemark.server.upload.FileImport;
import dev.tidemark.server.upload.ImportClient;
import dev.tidemark.server.upload.ImportState;
import dev.tidemark.server.upload.Progress;
import dev.tidemark.server.upload.Retries;
import dev.tidemark.server.upload.SourceFile;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings a file into a collection of a running server. */
@Command(
        name = "import",
        description = {
            "Import a file: CSV with a header line, or NDJSON (an object a line), plain or compressed with gzip or"
                    + " zstd.",
            "Each column becomes a property, but those that the options below name.",
            "Interrupted? Type the same command again: it goes on where it was."
        })
final class ImportCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Mixin
    private ProjectConnection connection = new ProjectConnection();

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file = Path.of("");

    @ArgGroup(multiplicity = "1")
    private ImportDestination destination = new ImportDestination();

    @Option(names = "--id", paramLabel = "ID", description = "Names the import, instead of a name made from the file.")
    private @Nullable String id;

    @Option(names = "--dry-run", description = "Show the columns and the first problems, and store nothing.")
    private boolean isDryRun;

    @Mixin
    private ImportOptions options = new ImportOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CommandFailed("There is no file " + file + " that can be read.");
        }
        connection.server();
        var source = SourceFile.of(file);
        var parameters = options.parameters();
        parameters.putAll(destination.parameters());
        try (var http = connection.open()) {
            var client = new ImportClient(http, this::server, connection.project());
            if (isDryRun) {
                rehearse(client, parameters);
            } else {
                run(client, source, parameters);
            }
        }
        return 0;
    }

    private void rehearse(ImportClient client, Map<String, List<String>> parameters) throws InterruptedException {
        try {
            parameters.put("dryRun", List.of("true"));
            new DryRunTable(client.rehearse(file, parameters)).print(Output.of(spec));
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private void run(ImportClient client, SourceFile source, Map<String, List<String>> parameters)
            throws InterruptedException {
        var named = id;
        if (named != null) {
            run(client, source, parameters, named, told(() -> client.progress(named)));
            return;
        }
        var name = file.getFileName().toString();
        parameters.put("file", List.of(name));
        var importId = source.importId(destination.identity());
        var before = told(() -> client.progress(importId));
        if (before.finished()) {
            Output.of(spec)
                    .println(file + " is imported already (" + before.summary()
                            + "), so nothing was added. To import it once more, name the import: --id another-id");
            return;
        }
        var latest = told(() -> client.latest(destination.parameters(), name));
        if (before.rows() > 0 || latest.rows() == 0 || !hasGrown(client, source, parameters, latest)) {
            run(client, source, parameters, importId, before);
        }
    }

    /** Whether the file begins with the rows of one that had its name; those behind them are imported then. */
    private boolean hasGrown(
            ImportClient client, SourceFile source, Map<String, List<String>> parameters, ImportState latest)
            throws InterruptedException {
        try {
            run(client, source, parameters, latest.id(), latest);
            return true;
        } catch (CallerException e) {
            if (e.code() == ErrorCode.CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    private void run(
            ImportClient client,
            SourceFile source,
            Map<String, List<String>> parameters,
            String importId,
            ImportState before)
            throws InterruptedException {
        parameters.put("id", List.of(importId));
        var out = Output.of(spec);
        ImportState done;
        try (var progress = Progress.on(out, file.getFileName().toString(), source.rows())) {
            var retries = new Retries(PATIENCE, System::nanoTime, Thread::sleep);
            done = new FileImport(client, source, importId, parameters, progress, retries).run(before);
        }
        if (before.rows() > 0) {
            out.printf("Went on at row %,d. ", before.rows());
        }
        out.println(done.summary() + ".");
        done.problems().forEach(problem -> out.println("  " + problem.message()));
    }

    private ImportClient.Server server() throws IOException {
        try {
            return connection.server();
        } catch (CommandFailed e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static ImportState told(Telling telling) throws InterruptedException {
        try {
            return telling.state();
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** What the server says of an import. */
    @FunctionalInterface
    private interface Telling {
        ImportState state() throws IOException, InterruptedException;
    }

    private static CommandFailed unreachable(IOException e) {
        return new CommandFailed(
                "The server does not answer (" + e.getMessage() + "): start it with ./tidemark serve.");
    }
}
