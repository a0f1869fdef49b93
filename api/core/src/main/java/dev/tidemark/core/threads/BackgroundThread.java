package dev.tidemark.core.threads;

/** A virtual thread that works until it is closed. */
public final class BackgroundThread implements AutoCloseable {

    private final Thread thread;

    private BackgroundThread(Thread thread) {
        this.thread = thread;
    }

    /** Starts work that ends when its thread is interrupted. */
    public static BackgroundThread start(String name, Runnable work) {
        return new BackgroundThread(Thread.ofVirtual().name("tidemark-" + name).start(work));
    }

    /** Interrupts the work, and returns when it has ended. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
