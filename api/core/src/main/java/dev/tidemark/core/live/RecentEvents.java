package dev.tidemark.core.live;

import dev.tidemark.spi.CommittedEvents;
import dev.tidemark.spi.EventTest;
import dev.tidemark.spi.Position;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.StoredEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The events that a collection got of late: read once for all questions about it, when the first of them wants to know. */
final class RecentEvents {

    private static final int MOST = 500;

    /** Of their properties, about. */
    private static final long MOST_BYTES = 2 << 20;

    private final CommittedEvents events;
    private final Project project;
    private final String collection;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<StoredEvent> kept = new ArrayDeque<>();
    private long bytes;
    private long from;
    private @Nullable Position to;

    RecentEvents(CommittedEvents events, Project project, String collection) {
        this.events = events;
        this.project = project;
        this.collection = collection;
    }

    /** Whether one that was committed after a position, and up to another, passes a test. Too many to look at do. */
    boolean anyPasses(long after, long upTo, EventTest test) {
        lock.lock();
        try {
            var known = to == null ? begin(after) : to;
            if (known.commit() < upTo) {
                read(known, upTo);
            }
            return after < from
                    || kept.stream()
                            .filter(event -> event.position().commit() > after)
                            .anyMatch(test);
        } finally {
            lock.unlock();
        }
    }

    private Position begin(long position) {
        from = position;
        return endOf(position);
    }

    private void read(Position after, long upTo) {
        var read = events.read(project, after, MOST, Set.of(collection));
        if (read.events().size() == MOST || read.end().commit() < upTo) {
            kept.clear();
            bytes = 0;
            to = begin(upTo);
            return;
        }
        read.events().forEach(this::keep);
        to = read.end();
        while (kept.size() > MOST || bytes > MOST_BYTES) {
            var first = kept.removeFirst();
            from = first.position().commit();
            bytes -= first.bytes();
        }
    }

    private void keep(StoredEvent event) {
        kept.add(event);
        bytes += event.bytes();
    }

    private static Position endOf(long commit) {
        return new Position(commit, Long.MAX_VALUE);
    }
}
