package dev.tidemark.core.projects.nodes;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that is done again and again, or at once when it is woken, until it is closed. It has a platform thread: busy
 * virtual threads would delay a virtual one, and a late heartbeat costs every request a look into the database.
 */
public final class Recurring implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Recurring.class);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final String name;
    private final Duration every;
    private final Runnable work;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;
    private boolean failing;

    public Recurring(String name, Duration every, Runnable work) {
        this.name = name;
        this.every = every;
        this.work = work;
        this.thread = Thread.ofPlatform().daemon().name("tidemark-" + name).unstarted(this::repeat);
    }

    public void start() {
        thread.start();
    }

    void wake() {
        wakeUps.release();
    }

    /** Ends after the round that is under way: an interrupt would break its database connection. */
    @Override
    public void close() {
        closed = true;
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        wake();
        try {
            thread.join(FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void repeat() {
        try {
            while (!closed) {
                runOnce();
                wakeUps.tryAcquire(every.toNanos(), TimeUnit.NANOSECONDS);
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Logs the first failure of a row: a database that is away fails every second. */
    private void runOnce() {
        try {
            work.run();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("The {} failed, and is tried again every {} ms.", name, every.toMillis(), e);
            }
            failing = true;
        }
    }
}
