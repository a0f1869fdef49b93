package dev.tidemark.core.events.commit;

import dev.tidemark.core.events.planning.Prepared;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A request that waits for its commit. */
final class Pending {

    private final Prepared request;
    private final int events;
    private final long bytes;
    private final long since = System.nanoTime();
    private final CompletableFuture<@Nullable Void> finished = new CompletableFuture<>();

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

    boolean isOlderThan(Duration age) {
        return System.nanoTime() - since > age.toNanos();
    }

    void done() {
        finished.complete(null);
    }

    /** Without effect when it is done already. */
    void failed(Throwable reason) {
        finished.completeExceptionally(reason);
    }

    /** Returns when it is committed. Throws what made it fail. */
    void await() throws InterruptedException {
        try {
            finished.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case null -> throw new IllegalStateException(e);
                case RuntimeException reason -> throw reason;
                case Error reason -> throw reason;
                case Throwable reason -> throw new IllegalStateException(reason);
            }
        }
    }
}
