package dev.tidemark.core.projects.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tidemark.core.projects.nodes.Recurring;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Notes when keys were used: in memory on the way of a request, in the database at most once a minute for each key. */
public final class KeyUse implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration RESOLUTION = Duration.ofMinutes(1);
    private static final int REMEMBERED = 100_000;

    private final KeyStore store;
    private final Clock clock;
    private final Map<Long, Instant> pending = new ConcurrentHashMap<>();
    private final Cache<Long, Instant> written;
    private final Recurring writer;

    public KeyUse(KeyStore store, Clock clock, LongSupplier ticker) {
        this.store = store;
        this.clock = clock;
        this.written = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(RESOLUTION)
                .ticker(ticker::getAsLong)
                .build();
        this.writer = new Recurring("use of keys", EVERY, this::write);
    }

    public void start() {
        writer.start();
    }

    public void used(long key) {
        if (written.getIfPresent(key) == null) {
            pending.put(key, clock.instant());
        }
    }

    private void write() {
        if (pending.isEmpty()) {
            return;
        }
        var times = Map.copyOf(pending);
        store.used(times);
        written.putAll(times);
        pending.keySet().removeAll(times.keySet());
    }

    @Override
    public void close() {
        writer.close();
    }
}
