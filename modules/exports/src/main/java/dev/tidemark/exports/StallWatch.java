package dev.tidemark.exports;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends an export whose client takes nothing any more: it would keep its place, its connection and its snapshot for ever. An
 * interrupt closes the socket on which a virtual thread is writing.
 */
final class StallWatch implements AutoCloseable {

    private static final int LOOKS = 4;

    private final Body body;
    private final Duration patience;
    private final Thread exporting = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);

    StallWatch(Body body, Duration patience) {
        this.body = body;
        this.patience = patience;
        Thread.ofVirtual().name("tidemark-export-watch").start(this::watch);
    }

    private void watch() {
        try {
            while (!ended.await(patience.toNanos() / LOOKS, TimeUnit.NANOSECONDS)) {
                if (body.isStalled(patience)) {
                    exporting.interrupt();
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
