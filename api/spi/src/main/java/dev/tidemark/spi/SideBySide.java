package dev.tidemark.spi;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Work of a run of a job, some of it at a time, so that what takes long holds up no other. What fails is left to the {@link Failures}. */
public final class SideBySide implements AutoCloseable {

    /** So many leave connections to others. */
    private static final int AT_ONCE = 4;

    private final Failures failures;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public SideBySide(Failures failures) {
        this.failures = failures;
    }

    /** Does some work on a thread of its own, when its turn comes, unless the run is to end by then. */
    public void begin(Runnable work) {
        var _ = threads.submit(() -> {
            room.acquireUninterruptibly();
            try {
                failures.of(work);
            } finally {
                room.release();
            }
        });
    }

    /** Waits until all has ended. */
    @Override
    public void close() {
        threads.close();
    }
}
