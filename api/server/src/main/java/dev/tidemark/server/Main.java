package dev.tidemark.server;

import dev.tidemark.server.cli.TidemarkCommand;
import java.util.Locale;

/** {@code ./tidemark}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        // settings of PostgreSQL, SQL and what people read have the same digits on every machine
        Locale.setDefault(Locale.ROOT);
        System.exit(TidemarkCommand.run(arguments));
    }
}
