package dev.tidemark.server.cli;

import dev.tidemark.core.naming.Nearest;
import dev.tidemark.server.process.AllSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains commands, and lists settings. */
@Command(name = "help", description = "Explain a command; \"help settings\" lists all settings.")
final class HelpCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "What to explain, such as project create.")
    private List<String> topic = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        if (topic.equals(List.of("settings"))) {
            printSettings();
            return 0;
        }
        var command = Objects.requireNonNull(spec).parent().commandLine();
        for (var name : topic) {
            command = subcommand(command, name);
        }
        command.usage(Output.of(spec));
        return 0;
    }

    private static CommandLine subcommand(CommandLine command, String name) {
        var found = command.getSubcommands().get(name);
        if (found == null) {
            throw new CommandFailed("There is no command " + name + "."
                    + Nearest.hint(name, command.getSubcommands().keySet()));
        }
        return found;
    }

    private void printSettings() throws IOException {
        var out = Output.of(spec);
        out.println("Settings stand in tidemark.yaml, or in the environment, which wins.");
        for (var setting : AllSettings.find(Path.of("plugins"))) {
            out.printf("%n%s   (%s)%n", setting.key(), setting.variable());
            out.printf("    %s%n", setting.description());
            out.printf("    Default: %s%n", setting.byDefault().isEmpty() ? "none" : setting.byDefault());
        }
    }
}
