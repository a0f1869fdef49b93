package dev.tidemark.core.schema.resolvers;

import dev.tidemark.core.memory.AnswerMemory;
import dev.tidemark.spi.Feed;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The virtual threads of one request, and the moment when all of them have come to rest.
 *
 * <p>graphql-java continues on the thread that completes a field, so a thread is counted from before it starts until all
 * that follows from its value has been started. When the count is zero, whatever is unanswered waits for data loaders.
 */
public final class RequestThreads implements AutoCloseable {

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("resolver-", 0).factory());
    private final AtomicInteger running = new AtomicInteger();
    private final Set<Thread> started = ConcurrentHashMap.newKeySet();
    private final Set<Feed<?>> feeds = ConcurrentHashMap.newKeySet();
    private final Optional<AnswerMemory.Share> memory = AnswerMemory.current();
    private final BooleanSupplier moreAtRest;

    /** @param moreAtRest begins what waits for the others; whether there was anything */
    public RequestThreads(BooleanSupplier moreAtRest) {
        this.moreAtRest = moreAtRest;
    }

    /** Does work on a thread of its own. Work that returns a future is done when that future is. */
    CompletableFuture<@Nullable Object> call(Callable<? extends @Nullable Object> work) {
        var answer = new CompletableFuture<@Nullable Object>();
        running.incrementAndGet();
        try {
            threads.execute(() -> held(() -> counted(() -> settle(answer, work))));
        } catch (RejectedExecutionException e) {
            running.decrementAndGet();
            answer.cancel(false);
        }
        return answer;
    }

    /** Counts the calling thread while it does something. */
    public void around(Runnable work) {
        running.incrementAndGet();
        counted(work);
    }

    /** Whether some thread is at work or about to begin, rather than waiting for something. */
    boolean areComputing() {
        return !isClosed()
                && (running.get() > started.size() || started.stream().anyMatch(RequestThreads::isComputing));
    }

    /** Closes the feed with the threads; at once when they are closed. */
    void closing(Feed<?> feed) {
        feeds.add(feed);
        if (isClosed()) {
            feed.close();
        }
    }

    /** Interrupts whatever still runs, and lets nothing new begin. */
    @Override
    public void close() {
        threads.shutdownNow();
        feeds.forEach(Feed::close);
    }

    boolean isClosed() {
        return threads.isShutdown();
    }

    /** What is read belongs to the answer for which the request's own thread works. */
    private void held(Runnable work) {
        memory.ifPresentOrElse(share -> share.run(work), work);
    }

    private void counted(Runnable work) {
        started.add(Thread.currentThread());
        try {
            work.run();
        } finally {
            started.remove(Thread.currentThread());
            rest();
        }
    }

    /** What a quick loader answers is continued here, and counts until all that follows from it has been started. */
    private void rest() {
        var hasMore = true;
        while (running.decrementAndGet() == 0 && hasMore) {
            running.incrementAndGet();
            hasMore = moreAtRest.getAsBoolean();
        }
    }

    private static boolean isComputing(Thread thread) {
        return switch (thread.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING, TERMINATED -> false;
            case NEW, RUNNABLE -> true;
        };
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
