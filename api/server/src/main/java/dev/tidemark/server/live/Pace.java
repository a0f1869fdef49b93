package dev.tidemark.server.live;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How many frames a client may send: a hundred a second, counted over ten seconds, so that it may subscribe to much at once. */
final class Pace {

    private static final int MOST = 1_000;
    private static final long WINDOW = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanos;
    private long began;
    private int steps;

    /** @param nanos monotonic */
    Pace(LongSupplier nanos) {
        this.nanos = nanos;
        this.began = nanos.getAsLong();
    }

    /** @throws SocketClosed when that is too many */
    void step() {
        var now = nanos.getAsLong();
        if (now - began >= WINDOW) {
            began = now;
            steps = 0;
        }
        if (++steps > MOST) {
            throw new SocketClosed(CloseCode.TOO_MUCH, "At most " + MOST + " frames in ten seconds.");
        }
    }
}
