package dev.tidemark.server.upload;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/** Shows a person how far an import is. */
public sealed interface Progress extends AutoCloseable permits ProgressBarView, ProgressLines {

    /**
     * A bar on a terminal, else a line now and then.
     *
     * @param name of what is imported
     * @param rows about how many there are
     */
    static Progress on(PrintWriter out, String name, long rows) {
        var isTerminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        return isTerminal ? new ProgressBarView(name, rows) : new ProgressLines(out, name, rows, System::nanoTime);
    }

    /** So many rows were there before. */
    void begin(long rows);

    /** So many rows are committed. */
    void reach(long rows);

    /** Something the person should know meanwhile. */
    void say(String sentence);

    @Override
    void close();
}
