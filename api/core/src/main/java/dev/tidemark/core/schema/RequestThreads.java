package dev.tidemark.core.schema;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The virtual threads of one request, and the moment when all of them have come to rest.
 *
 * <p>graphql-java continues on the thread that completes a field, so a thread is counted from before it starts until all
 * that follows from its value has been started. When the count is zero, whatever is unanswered waits for data loaders.
 */
final class RequestThreads implements AutoCloseable {

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("resolver-", 0).factory());
    private final AtomicInteger running = new AtomicInteger();
    private final Runnable atRest;

    RequestThreads(Runnable atRest) {
        this.atRest = atRest;
    }

    /** Does work on a thread of its own. Work that returns a future is done when that future is. */
    CompletableFuture<@Nullable Object> call(Callable<? extends @Nullable Object> work) {
        var answer = new CompletableFuture<@Nullable Object>();
        running.incrementAndGet();
        try {
            threads.execute(() -> {
                settle(answer, work);
                rest();
            });
        } catch (RejectedExecutionException e) {
            running.decrementAndGet();
            answer.cancel(false);
        }
        return answer;
    }

    /** Counts the calling thread while it does something. */
    void around(Runnable work) {
        running.incrementAndGet();
        try {
            work.run();
        } finally {
            rest();
        }
    }

    /** Interrupts whatever still runs, and lets nothing new begin. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    boolean isClosed() {
        return threads.isShutdown();
    }

    private void rest() {
        if (running.decrementAndGet() == 0) {
            atRest.run();
        }
    }

    private static void settle(CompletableFuture<@Nullable Object> answer, Callable<? extends @Nullable Object> work) {
        try {
            var value = work.call();
            if (value instanceof CompletionStage<?> later) {
                later.whenComplete((result, thrown) -> complete(answer, result, thrown));
            } else {
                answer.complete(value);
            }
        } catch (Throwable thrown) {
            answer.completeExceptionally(thrown);
        }
    }

    private static void complete(
            CompletableFuture<@Nullable Object> answer, @Nullable Object value, @Nullable Throwable thrown) {
        if (thrown == null) {
            answer.complete(value);
        } else {
            answer.completeExceptionally(thrown);
        }
    }
}
