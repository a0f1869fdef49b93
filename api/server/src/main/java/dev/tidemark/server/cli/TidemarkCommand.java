package dev.tidemark.server.cli;

import dev.tidemark.server.postgres.EmbeddedDatabaseException;
import dev.tidemark.server.process.StartRefused;
import dev.tidemark.spi.CallerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command with all its parts. */
@Command(
        name = "tidemark",
        description = "A self-hosted customer-analytics server: GraphQL on PostgreSQL.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ServeCommand.class, HelpCommand.class})
public final class TidemarkCommand {

    private TidemarkCommand() {}

    /** The exit code. */
    public static int run(String... arguments) {
        return new CommandLine(new TidemarkCommand())
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command))
                .execute(arguments);
    }

    private static int report(Exception failure, CommandLine command) throws Exception {
        var sentence = switch (failure) {
            case CallerException e -> e.sentence();
            case StartRefused e -> e.getMessage();
            case EmbeddedDatabaseException e -> e.getMessage();
            default -> throw failure;
        };
        command.getErr().println(sentence);
        return CommandLine.ExitCode.SOFTWARE;
    }
}
