package dev.tidemark.server.cli;

import dev.tidemark.server.postgres.EmbeddedDatabaseException;
import dev.tidemark.server.process.StartRefused;
import dev.tidemark.spi.CallerException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command with all its parts. */
@Command(
        name = "tidemark",
        description = "A self-hosted customer-analytics server: GraphQL on PostgreSQL.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        scope = CommandLine.ScopeType.INHERIT,
        subcommands = {
            ServeCommand.class,
            ProjectCommand.class,
            KeyCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            GenerateCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            VersionCommand.class,
            HelpCommand.class
        })
public final class TidemarkCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    private TidemarkCommand() {}

    /** The exit code. */
    public static int run(String... arguments) {
        return new CommandLine(new TidemarkCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((failure, given) -> reportUsage(failure))
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command))
                .execute(arguments);
    }

    /** Without a command. */
    @Override
    public void run() {
        Objects.requireNonNull(spec).commandLine().usage(Output.of(spec));
    }

    private static int reportUsage(CommandLine.ParameterException failure) {
        var command = failure.getCommandLine();
        command.getErr()
                .println(String.valueOf(failure.getMessage()).replaceFirst("\\.$", "") + "." + hint(failure) + " See: "
                        + command.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String hint(CommandLine.ParameterException failure) {
        return failure instanceof CommandLine.UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions().stream()
                        .findFirst()
                        .map(" Did you mean %s?"::formatted)
                        .orElse("")
                : "";
    }

    private static int report(Exception failure, CommandLine command) throws Exception {
        var sentence = switch (failure) {
            case CommandFailed e -> e.getMessage();
            case CallerException e -> e.sentence();
            case StartRefused e -> e.getMessage();
            case EmbeddedDatabaseException e -> e.getMessage();
            default -> throw failure;
        };
        command.getErr().println(sentence);
        return CommandLine.ExitCode.SOFTWARE;
    }
}
