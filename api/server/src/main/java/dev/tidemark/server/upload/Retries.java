package dev.tidemark.server.upload;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When a failed attempt is repeated: after pauses that grow, until nothing has moved for too long. Used by one thread. */
public final class Retries {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Duration patience;
    private final LongSupplier nanoTime;
    private final Pause waiting;
    private Duration pause = FIRST_PAUSE;
    private long moved;

    /** @param patience how long it may stand still before it is given up */
    public Retries(Duration patience, LongSupplier nanoTime, Pause waiting) {
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.waiting = waiting;
        this.moved = nanoTime.getAsLong();
    }

    /** Begins anew: something was done since. */
    void moved() {
        moved = nanoTime.getAsLong();
        pause = FIRST_PAUSE;
    }

    boolean areOver() {
        return nanoTime.getAsLong() - moved > patience.toNanos();
    }

    Duration nextPause() {
        return pause;
    }

    void pause() throws InterruptedException {
        waiting.take(pause);
        var twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /** Lets time pass. */
    @FunctionalInterface
    public interface Pause {
        void take(Duration time) throws InterruptedException;
    }
}
