package dev.tidemark.core.events;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
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

    void await(Duration patience) {
        try {
            if (!finished.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw tooLong();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooLong();
        }
        switch (failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private static CallerException tooLong() {
        return new CallerException(ErrorCode.UNAVAILABLE, """
                The events were not stored in time, and may or may not be stored yet: send them again. Events with a \
                messageId count once, however often they are sent.""");
    }
}
