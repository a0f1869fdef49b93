package dev.tidemark.spi;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** That there may be something to look at. However many come before somebody looks, one look is enough. */
public final class Hints {

    private final Semaphore given = new Semaphore(0);

    /** From any thread; takes no time. */
    public void give() {
        given.release();
    }

    /** Waits for one that nobody has looked after, and no longer than so. */
    public void await(Duration most) throws InterruptedException {
        if (given.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS)) {
            given.drainPermits();
        }
    }

    /** Waits for one that nobody has looked after. */
    public void await() throws InterruptedException {
        given.acquire();
        given.drainPermits();
    }
}
