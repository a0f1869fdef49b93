package dev.tidemark.spi;

import java.time.Duration;

/**
 * Work that recurs, on the one node that leads. Each job has a virtual thread of its own: it never overlaps with itself,
 * and a slow one delays no other. It is shown, with its last error, by {@code cluster { jobs }}. One that goes through projects leaves
 * what fails there to {@link Failures}, what takes long to {@link SideBySide}, and where it runs often, which it looks at to
 * {@link Rounds}.
 */
public interface Job {

    /** Unique in its module; shown as {@code <module>.<name>}. */
    String name();

    /** From the start of one run to the start of the next. */
    Duration every();

    /** One run. An exception is logged and shown; the job is tried again at its next time. */
    void run(JobRun run) throws Exception;
}
