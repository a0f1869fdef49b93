package dev.tidemark.server.process;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** {@code 2026-11-21T09:30:00.123Z INFO events: message}, and below it the exception, if any. */
final class TextFormat extends Formatter {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    @Override
    public String format(LogRecord entry) {
        return TIME.format(entry.getInstant()) + " " + entry.getLevel().getName() + " " + source(entry) + ": "
                + oneLine(formatMessage(entry)) + "\n" + exception(entry);
    }

    static String source(LogRecord entry) {
        var name = entry.getLoggerName() == null ? "" : entry.getLoggerName();
        return name.replaceFirst("^dev\\.tidemark\\.(core\\.|server\\.)?", "");
    }

    /** A line break in a message would let a client write entries of its own. */
    private static String oneLine(String message) {
        return message.replaceAll("\\R", "\\\\n");
    }

    static String exception(LogRecord entry) {
        if (entry.getThrown() == null) {
            return "";
        }
        var text = new StringWriter();
        entry.getThrown().printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
