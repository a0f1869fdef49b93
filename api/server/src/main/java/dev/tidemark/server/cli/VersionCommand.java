package dev.tidemark.server.cli;

import dev.tidemark.server.process.Version;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Which Tidemark this is. */
@Command(name = "version", description = "Print the version.")
final class VersionCommand implements Runnable, IVersionProvider {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        Output.of(spec).println(text());
    }

    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }

    private static String text() {
        return "Tidemark " + Version.current() + " on Java " + Runtime.version();
    }
}
