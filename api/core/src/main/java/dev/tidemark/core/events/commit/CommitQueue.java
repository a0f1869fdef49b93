package dev.tidemark.core.events.commit;

import dev.tidemark.core.catalog.snapshot.StaleCatalogException;
import dev.tidemark.core.events.planning.Prepared;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The requests of one project that wait for their commit, and the writers that take them. A writer works as long as
 * something waits.
 *
 * <p>Commits of a project are serial and cost a sync of the disk each, so small requests must share them. While one writer
 * commits, small requests gather; a second writer comes only when there is enough to copy meanwhile. And whoever was
 * answered together often sends again together: a writer that has just answered several small requests waits for as many,
 * at most a quarter of the time that its last batch took. Who is alone never waits.
 */
public final class CommitQueue {

    private static final int BATCH_EVENTS = 10_000;
    private static final long BATCH_BYTES = 16L << 20;

    /** Fewer events are not worth a transaction of their own while another one is under way. */
    private static final int WORTH_A_WRITER = 200;

    private static final long LONGEST_GATHERING = Duration.ofMillis(2).toNanos();

    private final BatchWriter writer;
    private final IngestionLimits limits;
    private final Executor threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Condition gathered = lock.newCondition();
    private final Deque<Pending> waiting = new ArrayDeque<>();

    /** All that have not been answered, the oldest first. */
    private final Set<Pending> held = new LinkedHashSet<>();

    private int writers;
    private int wanted = Integer.MAX_VALUE;
    private long waitingEvents;
    private long events;
    private long bytes;
    private boolean closed;

    /** @param threads where the writers run */
    public CommitQueue(BatchWriter writer, IngestionLimits limits, Executor threads) {
        this.writer = writer;
        this.limits = limits;
        this.threads = threads;
    }

    /**
     * Returns when the request is committed.
     *
     * @throws CallerException {@code UNAVAILABLE} when there is no room, or the commit takes too long
     * @throws StaleCatalogException when it has to be planned again
     */
    public void commit(Prepared request) {
        var pending = new Pending(request);
        enter(pending);
        try {
            pending.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooLong();
        } finally {
            leave(pending);
        }
    }

    /**
     * Answers those who have waited longer than they may. It is for the caller to look now and then: a time limit of each wait
     * would wake a thread of the system to note it and again to forget it, which for a small request is a good part of its work.
     */
    public void giveUpOverdue() {
        lock.lock();
        try {
            for (var pending : held) {
                if (!pending.isOlderThan(limits.patience())) {
                    return;
                }
                if (waiting.remove(pending)) {
                    waitingEvents -= pending.events();
                }
                pending.failed(tooLong());
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many wait or are being written. */
    public long events() {
        lock.lock();
        try {
            return events;
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more, and waits for what it has taken. */
    public void close(Duration most) {
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
            held.add(pending);
            waiting.add(pending);
            waitingEvents += pending.events();
            if (waiting.size() >= wanted) {
                gathered.signalAll();
            }
            if (writers == 0 || (writers < limits.writers() && waitingEvents >= WORTH_A_WRITER)) {
                writers++;
                threads.execute(this::write);
            }
        } finally {
            lock.unlock();
        }
    }

    private void leave(Pending pending) {
        lock.lock();
        try {
            held.remove(pending);
            events -= pending.events();
            bytes -= pending.bytes();
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        var answered = 0;
        var took = 0L;
        for (var batch = next(answered, took); !batch.isEmpty(); batch = next(answered, took)) {
            var start = System.nanoTime();
            write(batch);
            took = System.nanoTime() - start;
            answered = batch.size();
        }
    }

    /** A batch that fails for a reason that may be one request's alone is tried request by request. */
    private void write(List<Pending> batch) {
        try {
            writer.write(batch.stream().map(Pending::request).toList(), Optional.empty());
            batch.forEach(Pending::done);
        } catch (CallerException e) {
            batch.forEach(pending -> pending.failed(e));
        } catch (RuntimeException | Error e) {
            if (batch.size() == 1) {
                batch.getFirst().failed(e);
            } else {
                batch.forEach(pending -> write(List.of(pending)));
            }
        }
    }

    private List<Pending> next(int answered, long took) {
        lock.lock();
        try {
            gather(answered, Math.min(took / 4, LONGEST_GATHERING));
            List<Pending> batch = new ArrayList<>();
            var taken = 0;
            var size = 0L;
            while (!waiting.isEmpty()) {
                var first = waiting.getFirst();
                size += first.bytes();
                if (!batch.isEmpty() && (taken + first.events() > BATCH_EVENTS || size > BATCH_BYTES)) {
                    break;
                }
                taken += first.events();
                batch.add(waiting.removeFirst());
            }
            waitingEvents -= taken;
            if (batch.isEmpty()) {
                writers--;
                idle.signalAll();
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void gather(int answered, long most) {
        var left = most;
        wanted = answered;
        try {
            while (answered > 1 && waiting.size() < answered && waitingEvents < WORTH_A_WRITER && left > 0 && !closed) {
                left = gathered.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            wanted = Integer.MAX_VALUE;
        }
    }

    private static CallerException tooLong() {
        return new CallerException(ErrorCode.UNAVAILABLE, """
                The events were not stored in time, and may or may not be stored yet: send them again. Events with a \
                messageId count once, however often they are sent.""");
    }
}
