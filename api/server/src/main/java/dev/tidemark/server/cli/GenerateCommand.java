package dev.tidemark.server.cli;

import dev.tidemark.server.clickstream.Clickstream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a file of clicks to play with. */
@Command(
        name = "generate",
        description = "Write a CSV file of clicks: the clickstream of the Citus tutorial, spread over days.")
final class GenerateCommand implements Callable<Integer> {

    private static final long MOST_ROWS = 10_000_000_000L;
    private static final int MOST_DAYS = 36_500;

    @Parameters(paramLabel = "FILE", description = "The file to write.")
    private Path file = Path.of("");

    @Option(names = "--rows", paramLabel = "N", defaultValue = "1000000", description = "How many (${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--devices",
            paramLabel = "N",
            defaultValue = "10000",
            description = "From how many devices (${DEFAULT-VALUE}).")
    private int devices;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "7",
            description = "Over how many days (${DEFAULT-VALUE}).")
    private int days;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same seed and end give the same file (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--end",
            paramLabel = "INSTANT",
            description = "When the last click is over, such as 2026-11-21T00:00:00Z (now).")
    private Optional<Instant> end = Optional.empty();

    @Spec
    private @Nullable CommandSpec spec;

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() throws IOException {
        requireBetween("--rows", rows, MOST_ROWS);
        requireBetween("--devices", devices, Integer.MAX_VALUE);
        requireBetween("--days", days, MOST_DAYS);
        var until = end.orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS));
        write(new Clickstream(rows, devices, Duration.ofDays(days), until, seed));
        Output.of(spec).printf("%s has %,d clicks of %d days until %s (seed %d).%n", file, rows, days, until, seed);
        return 0;
    }

    /** What is there already is never overwritten, and a half-written file never has the name. */
    private void write(Clickstream clicks) throws IOException {
        if (Files.exists(file)) {
            throw new CommandFailed(file + " is there already: name another file, or delete it.");
        }
        var unfinished = file.resolveSibling(file.getFileName() + ".part");
        try (var csv = Files.newBufferedWriter(unfinished)) {
            clicks.write(csv);
        } catch (IOException e) {
            throw new CommandFailed(file + " cannot be written: " + e.getMessage() + ".");
        }
        try {
            Files.move(unfinished, file);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailed(file + " is there already: name another file, or delete it.");
        }
    }

    private static void requireBetween(String option, long value, long most) {
        if (value < 1 || value > most) {
            throw new CommandFailed("%s is from 1 to %,d.".formatted(option, most));
        }
    }
}
