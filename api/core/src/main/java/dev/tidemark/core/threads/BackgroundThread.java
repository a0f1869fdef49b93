package dev.tidemark.core.threads;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that works until it is closed. */
public final class BackgroundThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundThread.class);

    private final Thread thread;
    private final AtomicBoolean isClosed;

    private BackgroundThread(Thread thread, AtomicBoolean isClosed) {
        this.thread = thread;
        this.isClosed = isClosed;
    }

    /** Starts work that ends when its thread is interrupted. */
    public static BackgroundThread start(String name, Runnable work) {
        return start(name, work, new AtomicBoolean());
    }

    /**
     * Starts work that waits with time limits all the time, on a thread of the system: a virtual one needs two others for each
     * such wait. What it waits for has to end soon by itself, for an interrupt does not end its waiting for a socket.
     */
    public static BackgroundThread ofTheSystem(String name, Runnable work) {
        return new BackgroundThread(
                Thread.ofPlatform().daemon().name("tidemark-" + name).start(work), new AtomicBoolean());
    }

    /** Starts work that is done again and again, for the first time after the pause; also after it has failed. */
    public static BackgroundThread every(String name, Duration pause, Runnable work) {
        var isClosed = new AtomicBoolean();
        return start(name, () -> repeat(name, pause, work, isClosed), isClosed);
    }

    private static BackgroundThread start(String name, Runnable work, AtomicBoolean isClosed) {
        return new BackgroundThread(Thread.ofVirtual().name("tidemark-" + name).start(work), isClosed);
    }

    private static void repeat(String name, Duration pause, Runnable work, AtomicBoolean isClosed) {
        while (!isClosed.get()) {
            try {
                Thread.sleep(pause);
                attempt(name, work);
            } catch (InterruptedException e) {
                // of the work itself, unless it is closed: only who closes it ends it
                LOG.debug("{} was interrupted.", name, e);
            }
        }
    }

    private static void attempt(String name, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("Fault {}: {} failed, and is tried again.", UUID.randomUUID(), name, e);
        }
    }

    /** Interrupts the work, and returns when it has ended. */
    @Override
    public void close() {
        isClosed.set(true);
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
