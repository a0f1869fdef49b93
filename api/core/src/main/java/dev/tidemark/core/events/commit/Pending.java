package dev.tidemark.core.events.commit;

import dev.tidemark.core.events.planning.Prepared;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A request that waits for its commit. */
final class Pending {

    private final Prepared request;
    private final int events;
    private final long bytes;
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile @Nullable Throwable failure;

    Pending(Prepared request) {
        this.request = request;
        this.events = request.events();
        this.bytes = request.bytes();
    }

    Prepared request() {
        return request;
    }

    int events() {
        return events;
    }

    long bytes() {
        return bytes;
    }

    void done() {
        finished.countDown();
    }

    void failed(Throwable reason) {
        failure = reason;
        finished.countDown();
    }

    /** Returns whether it is committed; false: not in time. Throws what made it fail. */
    boolean await(Duration patience) throws InterruptedException {
        if (!finished.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        return switch (failure) {
            case null -> true;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        };
    }
}
