package dev.tidemark.server.cli;

import dev.tidemark.server.postgres.Restore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a backup into a data directory that has no database. */
@Command(name = "restore", description = "Put a backup into a data directory that has no database yet.")
final class RestoreCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DataDirectory data = new DataDirectory();

    @Parameters(paramLabel = "FILE", description = "The backup.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws IOException {
        Restore.into(data.postgres(), file);
        Output.of(spec).println("The backup is restored: start the server with ./tidemark serve --data " + data + ".");
        return 0;
    }
}
