package dev.tidemark.core.projects.allowances;

import java.time.Duration;

/**
 * A token bucket of one second. It may fall into debt, so that a batch larger than the bucket is possible at all; nothing
 * more is granted before the debt is paid, so the average holds.
 */
final class EventRate {

    private static final double SECOND = 1e9;

    private final double perSecond;
    private double tokens;
    private long at;

    EventRate(long perSecond, long now) {
        this.perSecond = perSecond;
        this.tokens = perSecond;
        this.at = now;
    }

    /**
     * Takes as many tokens as there are events.
     *
     * @param now monotonic nanoseconds
     * @return how long to wait before asking again; zero: they are taken
     */
    synchronized Duration take(long events, long now) {
        tokens = Math.min(perSecond, tokens + (now - at) / SECOND * perSecond);
        at = now;
        if (tokens <= 0) {
            return Duration.ofNanos((long) Math.ceil((1 - tokens) / perSecond * SECOND));
        }
        tokens -= events;
        return Duration.ZERO;
    }
}
