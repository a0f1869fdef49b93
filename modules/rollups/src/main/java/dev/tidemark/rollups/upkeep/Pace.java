package dev.tidemark.rollups.upkeep;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Rests after work many times as long as that took, so that it takes a small part of one core however much of it there is.
 *
 * @param rest how many times as long
 * @param ticker monotonic nanoseconds
 */
public record Pace(int rest, LongSupplier ticker, Pause pause) {

    /** Waits for so long. */
    @FunctionalInterface
    public interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    /** Works, then rests, unless the thread is to end. */
    void work(Runnable work) {
        var start = ticker.getAsLong();
        work.run();
        try {
            pause.of(Duration.ofNanos(ticker.getAsLong() - start).multipliedBy(rest));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
