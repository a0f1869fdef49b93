package dev.tidemark.server.process;

import dev.tidemark.core.modules.Settings;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** The log goes to the standard output, one line an entry: who runs the process decides where it is kept. */
public final class Logging {

    private static final Logger ROOT = Logger.getLogger("");
    // without a reference a configured logger may be collected, and forget its level
    private static final Logger[] QUIET = {
        Logger.getLogger("io.helidon"), Logger.getLogger("com.zaxxer"), Logger.getLogger("org.postgresql")
    };

    /** Warns with a stack trace of each connection lost; a question that is given up closes its own. */
    private static final Logger LOST_CONNECTIONS = Logger.getLogger("com.zaxxer.hikari.pool.ProxyConnection");

    private Logging() {}

    /** @throws CallerException when a setting names a format or level that there is not */
    public static void configure(Settings settings) {
        var format = settings.read("log.format", "text", "How the log is written: text or json.");
        var level = settings.read("log.level", "info", "What is logged at least: error, warning, info or debug.");
        LogManager.getLogManager().reset();
        ROOT.addHandler(new OutputHandler(formatter(format)));
        ROOT.setLevel(level(level));
        for (var quiet : QUIET) {
            quiet.setLevel(Level.WARNING);
        }
        LOST_CONNECTIONS.setLevel(Level.SEVERE);
    }

    private static Formatter formatter(String format) {
        return switch (format) {
            case "text" -> new TextFormat();
            case "json" -> new JsonFormat();
            default -> throw unknown("log.format", format, "text or json");
        };
    }

    private static Level level(String level) {
        return switch (level) {
            case "error" -> Level.SEVERE;
            case "warning" -> Level.WARNING;
            case "info" -> Level.INFO;
            case "debug" -> Level.FINE;
            default -> throw unknown("log.level", level, "error, warning, info or debug");
        };
    }

    private static CallerException unknown(String setting, String given, String known) {
        return new CallerException(
                ErrorCode.BAD_USER_INPUT,
                "Setting " + setting + " is \"" + given + "\", where it can be " + known + ".");
    }
}
