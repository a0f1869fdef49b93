package dev.tidemark.server.cli;

import dev.tidemark.server.postgres.Backup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies the database in the box, while its server runs or not. */
@Command(name = "backup", description = "Copy the database in the box to a file, while its server runs or not.")
final class BackupCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DataDirectory data = new DataDirectory();

    @Parameters(paramLabel = "FILE", description = "The file to make.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws IOException {
        Backup.take(data.postgres(), file);
        Output.of(spec).println("The backup is in " + file + ".");
        return 0;
    }
}
