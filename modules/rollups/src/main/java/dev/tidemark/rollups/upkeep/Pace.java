package dev.tidemark.rollups.upkeep;

import java.time.Clock;
import java.time.Duration;

/**
 * Rests after work many times as long as that took, so that it takes a small part of one core however much of it there is.
 *
 * @param rest how many times as long
 */
public record Pace(int rest, Clock clock, Pause pause) {

    /** Waits for so long. */
    @FunctionalInterface
    public interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    /** Works, then rests, unless the thread is to end. */
    void work(Runnable work) {
        var start = clock.instant();
        work.run();
        try {
            pause.of(Duration.between(start, clock.instant()).multipliedBy(rest));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
