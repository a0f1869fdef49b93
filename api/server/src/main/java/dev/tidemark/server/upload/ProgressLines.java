package dev.tidemark.server.upload;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/** A line every few seconds, for logs. */
final class ProgressLines implements Progress {

    private static final long BETWEEN = Duration.ofSeconds(3).toNanos();

    private final PrintWriter out;
    private final String name;
    private final long rows;
    private final LongSupplier nanoseconds;
    private long before;
    private long begun;
    private long shown;

    ProgressLines(PrintWriter out, String name, long rows, LongSupplier nanoseconds) {
        this.out = out;
        this.name = name;
        this.rows = rows;
        this.nanoseconds = nanoseconds;
    }

    @Override
    public void begin(long rowsBefore) {
        before = rowsBefore;
        begun = nanoseconds.getAsLong();
        shown = begun;
    }

    @Override
    public void reach(long reached) {
        var now = nanoseconds.getAsLong();
        if (now - shown < BETWEEN) {
            return;
        }
        shown = now;
        var speed =
                (reached - before) / Math.max(1, Duration.ofNanos(now - begun).toSeconds());
        var left = speed == 0 ? "" : ", about %d s left".formatted(Math.max(0, rows - reached) / speed);
        say("%s: %,d of about %,d rows, %,d rows/s%s".formatted(name, reached, Math.max(rows, reached), speed, left));
    }

    @Override
    public void say(String sentence) {
        out.println(sentence);
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
