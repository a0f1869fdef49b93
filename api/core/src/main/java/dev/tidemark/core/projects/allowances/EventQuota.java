package dev.tidemark.core.projects.allowances;

import java.time.LocalDate;

/** What this node has taken of a key's events a day, and not used yet. */
final class EventQuota {

    private static final int STEPS = 100;
    private static final long LARGEST_STEP = 10_000;

    private final QuotaStore store;
    private final long key;
    private final long perDay;
    private LocalDate day = LocalDate.MIN;
    private long left;

    EventQuota(QuotaStore store, long key, long perDay) {
        this.store = store;
        this.key = key;
        this.perDay = perDay;
    }

    /** Whether as many events may still be sent on that day; then they are counted. */
    synchronized boolean take(long events, LocalDate today) {
        if (!today.equals(day)) {
            day = today;
            left = 0;
        }
        if (left < events) {
            var step = Math.clamp(perDay / STEPS, 1, LARGEST_STEP);
            left += store.take(key, day, perDay, Math.max(step, events - left));
        }
        if (left < events) {
            return false;
        }
        left -= events;
        return true;
    }

    /** What this node may still grant; after a refusal, what is left of the day but for what other nodes have taken. */
    synchronized long left() {
        return left;
    }

    /** Gives back what was taken for events that were not sent after all. */
    synchronized void giveBack(long events, LocalDate taken) {
        if (taken.equals(day)) {
            left += events;
        }
    }
}
