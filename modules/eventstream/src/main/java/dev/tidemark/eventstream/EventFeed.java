package dev.tidemark.eventstream;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Feed;
import dev.tidemark.spi.Position;
import dev.tidemark.spi.StoredEvent;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The events that one subscriber wants, after a position. It is attached to the project's reader, or behind it and reads by
 * itself; what is in the buffer comes first in both.
 */
final class EventFeed implements Feed<StoredEvent> {

    /** Some pages of the reader, so that who reads at all falls behind only when more is wanted than can be taken. */
    private static final int BUFFER = 4 * ProjectStream.PAGE;

    /** Of the events in the buffer. */
    private static final long MOST_BYTES = 4 << 20;

    private final ProjectStream stream;
    private final Set<Wish> wishes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Buffered> buffer = new ArrayDeque<>();
    private long bytes;
    private Position seen;
    private boolean isAttached;
    private boolean isClosed;
    private @Nullable RuntimeException failure;

    /** @param bytes about so many in memory */
    record Buffered(StoredEvent event, long bytes) {

        static Buffered of(StoredEvent event) {
            return new Buffered(event, event.bytes());
        }
    }

    private EventFeed(ProjectStream stream, Set<Wish> wishes, Position after) {
        this.stream = stream;
        this.wishes = wishes;
        this.seen = after;
    }

    /**
     * Begins at once where nothing lies between.
     *
     * @param after the last position that the subscriber knows
     * @throws CallerException when the project's subscribers have too many different wishes
     */
    static EventFeed begin(ProjectStream stream, Set<Wish> wishes, Position after) {
        var feed = new EventFeed(stream, wishes, after);
        stream.attach(feed, after);
        return feed;
    }

    Set<Wish> wishes() {
        return wishes;
    }

    @Override
    public Optional<StoredEvent> next() throws InterruptedException {
        while (true) {
            var event = taken();
            if (event != null) {
                return Optional.of(event);
            }
            if (isEnded()) {
                return Optional.empty();
            }
            catchUp();
        }
    }

    /** Called by the reader, in the order of positions. One whose buffer is full is on its own from there. */
    void offer(Buffered offered) {
        lock.lock();
        try {
            var position = offered.event().position();
            if (isAttached && position.compareTo(seen) > 0) {
                if (buffer.size() == BUFFER || bytes > MOST_BYTES) {
                    isAttached = false;
                } else {
                    add(offered);
                    seen = position;
                    changed.signal();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends it with an error. */
    void fail(RuntimeException reason) {
        lock.lock();
        try {
            failure = reason;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        stream.detach(this);
    }

    /** The reader goes on from here, and offers what it reads; false: there is nobody any more. */
    boolean attached() {
        lock.lock();
        try {
            isAttached = !isClosed;
            return isAttached;
        } finally {
            lock.unlock();
        }
    }

    /** The next one of the buffer; null when there is none and none is being offered. */
    private @Nullable StoredEvent taken() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (buffer.isEmpty() && isAttached && !isClosed && failure == null) {
                changed.await();
            }
            if (failure != null) {
                throw failure;
            }
            return isClosed || buffer.isEmpty() ? null : removed();
        } finally {
            lock.unlock();
        }
    }

    private StoredEvent removed() {
        var first = buffer.remove();
        bytes -= first.bytes();
        return first.event();
    }

    private void add(Buffered event) {
        buffer.add(event);
        bytes += event.bytes();
    }

    private boolean isEnded() {
        lock.lock();
        try {
            return isClosed;
        } finally {
            lock.unlock();
        }
    }

    /** Attaches itself to the reader, or takes one more step on its own. Nobody else changes it meanwhile. */
    private void catchUp() {
        var from = seen;
        if (stream.attach(this, from)) {
            return;
        }
        var reader = stream.position();
        var page = stream.page(from);
        requireKept(from);
        for (var event : page) {
            if (Wish.anyWants(wishes, event)) {
                add(Buffered.of(event));
            }
        }
        seen = page.isEmpty() ? reader : page.getLast().position();
    }

    /** Looked at after reading: what was deleted in between is noticed. */
    private void requireKept(Position from) {
        var collections = wishes.contains(Wish.ALL)
                ? List.<String>of()
                : wishes.stream().map(Wish::collection).toList();
        var expired = stream.expired(collections);
        if (from.compareTo(expired) < 0) {
            throw new CallerException(
                    ErrorCode.STALE_CURSOR,
                    "Events after this cursor were deleted because of their age: go on after \""
                            + Cursor.text(stream.project(), expired) + "\", or begin without after.",
                    "after");
        }
    }
}
