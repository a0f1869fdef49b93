package dev.tidemark.core.schema;

/** Whether whoever asked still waits for the answer. */
@FunctionalInterface
public interface Presence {

    /** Nobody can tell: they wait. */
    Presence ASSUMED = whenGone -> () -> {};

    /**
     * Watches from now on.
     *
     * @param whenGone runs at most once, on any thread, and not after the watch was closed
     */
    Watch watch(Runnable whenGone);

    /** Ends when it is closed. */
    @FunctionalInterface
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
