package dev.tidemark.spi;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Lets a run of a job go on with others after one has failed, and tells of the first failure in the end, the others being
 * {@linkplain Throwable#getSuppressed() suppressed} in it. Many threads may use it.
 */
public final class Failures {

    private final JobRun run;
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    public Failures(JobRun run) {
        this.run = run;
    }

    /** Does some work, unless the run is to end. */
    public void of(Runnable work) {
        try {
            if (!run.stopping()) {
                work.run();
            }
        } catch (Exception | Error e) { // languages without checked exceptions throw any
            failures.add(e);
        }
    }

    /** Ends the run: throws the first failure, if there was one. */
    public void rethrow() {
        var first = failures.poll();
        if (first != null) {
            failures.forEach(first::addSuppressed);
            switch (first) {
                case Error error -> throw error;
                case RuntimeException failure -> throw failure;
                default -> throw new IllegalStateException(first);
            }
        }
    }
}
