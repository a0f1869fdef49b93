package dev.tidemark.server.process;

import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.logging.StreamHandler;

/** Writes each entry at once, so that nothing is missing when the process is killed. */
final class OutputHandler extends StreamHandler {

    OutputHandler(Formatter formatter) {
        super(System.out, formatter);
        setLevel(java.util.logging.Level.ALL);
    }

    @Override
    public synchronized void publish(LogRecord entry) {
        super.publish(entry);
        flush();
    }

    /** The standard output is not ours to close. */
    @Override
    public synchronized void close() {
        flush();
    }
}
