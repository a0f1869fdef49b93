package dev.tidemark.server.live;

import dev.tidemark.core.schema.Presence;
import dev.tidemark.core.schema.faults.StreamFailed;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Feed;
import io.helidon.http.Headers;
import io.helidon.webserver.CloseConnectionException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The results of one subscription as an event stream, on the thread of its request. */
final class EventStream {

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final int MISSES = 2;

    private final Live live;
    private final Headers credentials;
    private final EventStreamWriter writer;
    private final Feed<Map<String, @Nullable Object>> results;
    private final Thread thread = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean isStopping;
    private volatile @Nullable CallerException refusal;

    EventStream(Live live, Headers credentials, EventStreamWriter writer, Feed<Map<String, @Nullable Object>> results) {
        this.live = live;
        this.credentials = credentials;
        this.writer = writer;
        this.results = results;
    }

    /** @param presence tells when the client has gone */
    void run(Presence presence) {
        Thread.ofVirtual().name("keeper").start(this::keep);
        try (results;
                var _ = live.connections().onStop(this::stop);
                var _ = presence.watch(results::close)) {
            tell();
        } catch (InterruptedException e) {
            throw new CloseConnectionException("The client does not read.", e);
        } finally {
            ended.countDown();
        }
    }

    private void tell() throws InterruptedException {
        writer.comment("");
        try {
            for (var result = results.next(); result.isPresent(); result = results.next()) {
                writer.next(result.get());
            }
        } catch (StreamFailed e) {
            fail(e.errors());
            return;
        }
        if (isStopping) {
            writer.comment(" The server stops: come again.");
            throw new CloseConnectionException("The server stops.");
        }
        var refused = refusal;
        if (refused != null) {
            fail(List.of(Refusal.error(refused)));
            return;
        }
        writer.complete();
    }

    private void fail(List<? extends Map<String, ?>> errors) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("errors", errors);
        writer.next(result);
        writer.complete();
    }

    /** The stream breaks off, so that its client comes back for the rest. */
    private void stop() {
        isStopping = true;
        results.close();
    }

    private void keep() {
        try {
            while (!ended.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (CloseConnectionException e) {
            results.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        if (writer.isStalledFor(live.settings().keepAlive().multipliedBy(MISSES))) {
            thread.interrupt();
        } else if (writer.isSilentFor(live.settings().keepAlive())) {
            writer.comment("");
        }
        Refusal.of(live.callers(), credentials).ifPresent(e -> {
            refusal = e;
            results.close();
        });
    }
}
