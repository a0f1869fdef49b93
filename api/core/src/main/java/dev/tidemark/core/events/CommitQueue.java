package dev.tidemark.core.events;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The requests of one project that wait for their commit, and the writers that take them. A writer is a virtual thread
 * that lives as long as something waits.
 */
final class CommitQueue {

    private static final int BATCH_EVENTS = 10_000;
    private static final long BATCH_BYTES = 16L << 20;

    private final BatchWriter writer;
    private final IngestionLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private int writers;
    private long events;
    private long bytes;
    private boolean closed;

    CommitQueue(BatchWriter writer, IngestionLimits limits) {
        this.writer = writer;
        this.limits = limits;
    }

    /**
     * Returns when the request is committed.
     *
     * @throws CallerException {@code UNAVAILABLE} when there is no room, or the commit takes too long
     * @throws StalePlanException when it has to be planned again
     */
    void commit(Prepared request) {
        var pending = new Pending(request);
        enter(pending);
        try {
            pending.await(limits.patience());
        } finally {
            leave(pending);
        }
    }

    /** Takes nothing more, and waits for what it has taken. */
    void close(Duration most) {
        lock.lock();
        try {
            closed = true;
            var left = most.toNanos();
            while (writers > 0 && left > 0) {
                left = idle.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void enter(Pending pending) {
        lock.lock();
        try {
            if (closed) {
                throw new CallerException(
                        ErrorCode.UNAVAILABLE, "The server stops: send the events again in a moment.");
            }
            if (events > 0
                    && (events + pending.events() > limits.queueEvents()
                            || bytes + pending.bytes() > limits.queueBytes())) {
                throw new CallerException(
                        ErrorCode.UNAVAILABLE,
                        "More events of this project wait to be stored than may: nothing of this request was stored,"
                                + " send it again in a second.");
            }
            events += pending.events();
            bytes += pending.bytes();
            waiting.add(pending);
            if (writers < limits.writers()) {
                writers++;
                Thread.ofVirtual().name("tidemark-ingest").start(this::write);
            }
        } finally {
            lock.unlock();
        }
    }

    private void leave(Pending pending) {
        lock.lock();
        try {
            events -= pending.events();
            bytes -= pending.bytes();
            waiting.remove(pending);
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        for (var batch = next(); !batch.isEmpty(); batch = next()) {
            write(batch);
        }
    }

    /** A batch that fails for a reason that may be one request's alone is tried request by request. */
    private void write(List<Pending> batch) {
        try {
            writer.write(batch.stream().map(Pending::request).toList(), Optional.empty());
            batch.forEach(Pending::done);
        } catch (StalePlanException | CallerException e) {
            batch.forEach(pending -> pending.failed(e));
        } catch (RuntimeException | Error e) {
            if (batch.size() == 1) {
                batch.getFirst().failed(e);
            } else {
                batch.forEach(pending -> write(List.of(pending)));
            }
        }
    }

    private List<Pending> next() {
        lock.lock();
        try {
            List<Pending> batch = new ArrayList<>();
            var taken = 0;
            var size = 0L;
            while (!waiting.isEmpty()) {
                var first = waiting.getFirst();
                taken += first.events();
                size += first.bytes();
                if (!batch.isEmpty() && (taken > BATCH_EVENTS || size > BATCH_BYTES)) {
                    break;
                }
                batch.add(waiting.removeFirst());
            }
            if (batch.isEmpty()) {
                writers--;
                idle.signalAll();
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }
}
