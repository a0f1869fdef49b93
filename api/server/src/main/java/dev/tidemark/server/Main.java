package dev.tidemark.server;

import dev.tidemark.server.cli.TidemarkCommand;

/** {@code ./tidemark}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(TidemarkCommand.run(arguments));
    }
}
