package dev.tidemark.core.postgres;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who works for an answer has a connection when it is their turn. Answers together leave a quarter of the connections to what the
 * server does by itself, its leadership and jobs above all; and one holder has at most twice as many as are free for answers, so
 * that a flood of one key's questions leaves some to each other key.
 */
final class ConnectionTurns {

    private static final int FREE_FOR_EACH = 2;

    private final int most;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final Map<String, Integer> byHolder = new HashMap<>();
    private int taken;

    /** @param connections all there are */
    ConnectionTurns(int connections, Duration patience) {
        this.most = Math.max(1, connections - connections / 4);
        this.patience = patience;
    }

    /** A turn, until it is closed. */
    @FunctionalInterface
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws CallerException {@code UNAVAILABLE} when it does not come in time */
    Turn take(String holder) {
        lock.lock();
        try {
            var left = patience.toNanos();
            while (!isFree(holder)) {
                if (left <= 0) {
                    throw busy();
                }
                left = changed.awaitNanos(left);
            }
            taken++;
            byHolder.merge(holder, 1, Integer::sum);
            return () -> giveBack(holder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } finally {
            lock.unlock();
        }
    }

    private boolean isFree(String holder) {
        return byHolder.getOrDefault(holder, 0) < FREE_FOR_EACH * (most - taken);
    }

    private void giveBack(String holder) {
        lock.lock();
        try {
            taken--;
            byHolder.computeIfPresent(holder, (name, turns) -> turns == 1 ? null : turns - 1);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static CallerException busy() {
        return new CallerException(
                ErrorCode.UNAVAILABLE, "More is asked at once than the database answers: ask again in a moment.");
    }
}
