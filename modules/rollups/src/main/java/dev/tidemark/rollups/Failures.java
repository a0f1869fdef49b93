package dev.tidemark.rollups;

import dev.tidemark.spi.JobRun;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Lets a run of a job go on with others after one has failed, and tells of the first failure in the end. Many threads may use it. */
final class Failures {

    private final JobRun run;
    private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();

    Failures(JobRun run) {
        this.run = run;
    }

    /** Does some work, unless the run is to end. */
    void of(Runnable work) {
        try {
            if (!run.stopping()) {
                work.run();
            }
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }

    void rethrow() {
        var first = failures.poll();
        if (first != null) {
            failures.forEach(first::addSuppressed);
            throw first;
        }
    }
}
