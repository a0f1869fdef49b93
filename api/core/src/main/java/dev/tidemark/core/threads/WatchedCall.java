package dev.tidemark.core.threads;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What a thread does for a module now, as another may have to tell that it does not end. */
public final class WatchedCall {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final LongSupplier nanos;
    private volatile @Nullable Call running;
    private volatile @Nullable Call told;

    private record Call(String what, long begun) {}

    /** @param nanos monotonic nanoseconds */
    public WatchedCall(LongSupplier nanos) {
        this.nanos = nanos;
    }

    public void begin(String what) {
        running = new Call(what, nanos.getAsLong());
    }

    public void end() {
        running = null;
    }

    /** What was begun half a minute ago or earlier, once for each call; empty: there is nothing new to tell. */
    public Optional<String> hanging() {
        var call = running;
        if (call == null || call.equals(told) || nanos.getAsLong() - call.begun < LONG.toNanos()) {
            return Optional.empty();
        }
        told = call;
        return Optional.of(call.what);
    }
}
