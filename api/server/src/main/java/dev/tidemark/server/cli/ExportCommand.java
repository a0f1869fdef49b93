package dev.tidemark.server.cli;

import dev.tidemark.server.upload.ExportClient;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the events of a collection, or the answer to a question, into a file. */
@Command(
        name = "export",
        description = {
            "Export events, or the answer to a question, as NDJSON or CSV.",
            "The file is there when all of it is: an export that is interrupted leaves none."
        })
final class ExportCommand implements Callable<Integer> {

    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Mixin
    private ProjectConnection connection = new ProjectConnection();

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = "The file to write, - for standard output; CSV when it is called so, unless --format says.")
    private Path file = Path.of("");

    private final Map<String, String> parameters = new LinkedHashMap<>();
    private Optional<String> question = Optional.empty();

    @Option(names = "--collection", paramLabel = "NAME", description = "The collection of the events.")
    void collection(String name) {
        parameters.put("collection", name);
    }

    @Option(names = "--where", paramLabel = "JSON", description = "Only events that pass this Condition.")
    void where(String condition) {
        parameters.put("where", condition);
    }

    @Option(names = "--columns", paramLabel = "NAMES", description = "Only these columns, joined by commas.")
    void columns(String names) {
        parameters.put("columns", names);
    }

    @Option(
            names = "--order-by",
            paramLabel = "COLUMNS",
            description = "In this order; a minus stands before a column whose greatest values come first.")
    void orderBy(String columns) {
        parameters.put("orderBy", columns);
    }

    @Option(names = "--from", paramLabel = "INSTANT", description = "Only what happened then or later.")
    void from(String instant) {
        parameters.put("from", instant);
    }

    @Option(names = "--until", paramLabel = "INSTANT", description = "Only what happened before.")
    void until(String instant) {
        parameters.put("until", instant);
    }

    @Option(names = "--first", paramLabel = "N", description = "At most that many.")
    void first(String number) {
        parameters.put("first", number);
    }

    @Option(names = "--format", paramLabel = "FORMAT", description = "ndjson or csv.")
    void format(String format) {
        parameters.put("format", format);
    }

    @Option(
            names = "--question",
            paramLabel = "JSON",
            description = "The arguments of the GraphQL field aggregate, instead of the above.")
    void question(String json) {
        question = Optional.of(json);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        parameters.putIfAbsent("format", file.toString().endsWith(".csv") ? "csv" : "ndjson");
        try (var http = connection.open()) {
            var client = new ExportClient(http, connection.server(), connection.project());
            if (file.equals(STANDARD_OUTPUT)) {
                // System.out would go on when nobody reads any more
                write(client, new FileOutputStream(FileDescriptor.out));
            } else {
                write(client, file.toAbsolutePath());
                Output.of(spec).printf("%s has %,d bytes.%n", file, Files.size(file));
            }
        }
        return 0;
    }

    private void write(ExportClient client, Path target) throws IOException, InterruptedException {
        var part = target.resolveSibling(target.getFileName() + ".part");
        try {
            try (var out = Files.newOutputStream(part)) {
                write(client, out);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void write(ExportClient client, OutputStream out) throws InterruptedException {
        try {
            if (question.isPresent()) {
                client.ask(question.get(), parameters, out);
            } else {
                client.export(parameters, out);
            }
        } catch (IOException e) {
            throw new CommandFailed("The export was interrupted: " + e.getMessage());
        }
    }
}
