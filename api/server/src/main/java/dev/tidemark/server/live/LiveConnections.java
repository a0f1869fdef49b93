package dev.tidemark.server.live;

import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The live connections of this server: how many each key has, and how all of them are told that the server stops. */
public final class LiveConnections implements AutoCloseable {

    private final int mostOfKey;
    private final Map<String, Integer> byKey = new HashMap<>();
    private final Set<Runnable> stops = new HashSet<>();
    private boolean isStopping;

    public LiveConnections(LiveSettings settings) {
        this.mostOfKey = settings.connectionsOfKey();
    }

    /** Counts a connection, until it is closed. */
    @FunctionalInterface
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws CallerException {@code RATE_LIMITED} when the caller's key has as many as it may */
    public synchronized Place take(Caller caller) {
        var open = byKey.getOrDefault(caller.key(), 0);
        if (open >= mostOfKey) {
            throw new CallerException(
                    ErrorCode.RATE_LIMITED,
                    "This key has " + mostOfKey
                            + " live connections: close some, or subscribe more than once on each.");
        }
        byKey.put(caller.key(), open + 1);
        return () -> giveBack(caller.key());
    }

    /** @param stop runs once the server stops, perhaps at once; it must not block */
    public Place onStop(Runnable stop) {
        if (!added(stop)) {
            stop.run();
        }
        return () -> remove(stop);
    }

    /** Tells all to end. */
    @Override
    public void close() {
        stopped().forEach(Runnable::run);
    }

    synchronized boolean isStopping() {
        return isStopping;
    }

    private synchronized Set<Runnable> stopped() {
        isStopping = true;
        return Set.copyOf(stops);
    }

    private synchronized boolean added(Runnable stop) {
        return !isStopping && stops.add(stop);
    }

    private synchronized void remove(Runnable stop) {
        stops.remove(stop);
    }

    private synchronized void giveBack(String key) {
        byKey.computeIfPresent(key, (name, open) -> open == 1 ? null : open - 1);
    }
}
