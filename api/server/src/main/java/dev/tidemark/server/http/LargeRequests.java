package dev.tidemark.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.CallerRunsPolicy;
import java.util.concurrent.TimeUnit;

/**
 * Runs requests with large bodies on threads of the system, among which its scheduler shares the processors. Virtual threads go
 * on in turns, each as long as it waits for nothing, and those that a thread of the system wakes come last: behind a flood of
 * large requests the answer to a small one waited for a second that its events had been stored.
 */
final class LargeRequests implements Filter, AutoCloseable {

    /** What is read and made into rows within a millisecond is not worth another thread. */
    private static final int LARGE_BYTES = 16 << 10;

    /** Who sends slowly keeps a thread as long: with so many at work, the next ones run as small ones do. */
    private static final int MOST_THREADS = 256;

    private static final long IDLE_SECONDS = 60;

    private final ExecutorService threads = new ThreadPoolExecutor(
            0,
            MOST_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("tidemark-request-", 1).factory(),
            new CallerRunsPolicy());

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (isLarge(request)) {
            proceed(chain);
        } else {
            chain.proceed();
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    /** A length that is not told may be any. */
    private static boolean isLarge(RoutingRequest request) {
        var headers = request.headers();
        return headers.contains(HeaderNames.TRANSFER_ENCODING)
                || headers.contentLength().orElse(0) >= LARGE_BYTES;
    }

    private void proceed(FilterChain chain) {
        var ofConnection = ScopedValue.where(ClientConnection.CURRENT, ClientConnection.CURRENT.get());
        var proceeding = threads.submit(() -> ofConnection.run(chain::proceed));
        try {
            proceeding.get();
        } catch (InterruptedException e) {
            proceeding.cancel(true);
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("The server stops.", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException thrown -> throw thrown;
                case Error thrown -> throw thrown;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
