package dev.tidemark.eventstream;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.CommittedEvents;
import dev.tidemark.spi.Hints;
import dev.tidemark.spi.Position;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what is committed in one project, once for all who are attached. It reads only while somebody is. */
final class ProjectStream {

    static final int PAGE = 500;

    private static final Logger LOG = LoggerFactory.getLogger(ProjectStream.class);

    private final Project project;
    private final CommittedEvents events;
    private final Channels channels;
    private final ReentrantLock lock = new ReentrantLock();
    private final Hints hints = new Hints();
    private boolean isReading;
    private Position position = Position.START;

    ProjectStream(Project project, CommittedEvents events, int mostWishes) {
        this.project = project;
        this.events = events;
        this.channels = new Channels(mostWishes);
    }

    Project project() {
        return project;
    }

    /** The position of the last committed event. */
    Position last() {
        return events.last(project);
    }

    /** The position of the last event that was stored before a moment. */
    Position before(Instant moment) {
        return events.before(project, moment);
    }

    /** The next page of all events after a position, for one who is not attached. */
    List<StoredEvent> page(Position after) {
        return events.read(project, after, PAGE);
    }

    /** As {@link Events#expired}. */
    Position expired(List<String> collections) {
        return events.expired(project, collections);
    }

    /** How far the reader has come: whatever is committed up to there can be read. */
    Position position() {
        lock.lock();
        try {
            return position;
        } finally {
            lock.unlock();
        }
    }

    /**
     * From now on the feed is offered what the reader reads.
     *
     * @param seen up to where it knows all events
     * @return whether that is as far as the reader has come; if not, it reads on by itself first
     * @throws CallerException when there are too many different wishes
     */
    boolean attach(EventFeed feed, Position seen) {
        lock.lock();
        try {
            if (!isReading) {
                position = last();
            }
            if (seen.compareTo(position) < 0) {
                return false;
            }
            add(feed);
            return true;
        } finally {
            lock.unlock();
        }
    }

    void detach(EventFeed feed) {
        lock.lock();
        try {
            channels.remove(feed);
            hints.give();
        } finally {
            lock.unlock();
        }
    }

    private void add(EventFeed feed) {
        try {
            channels.add(feed);
        } catch (CallerException e) {
            channels.remove(feed);
            throw e;
        }
        if (!feed.attached()) {
            channels.remove(feed);
        } else if (!isReading) {
            isReading = true;
            Thread.ofVirtual().name("eventstream").start(this::read);
        }
    }

    private void read() {
        try (var _ = events.watch(project, hints::give)) {
            while (isWanted()) {
                advance();
                hints.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** While the database is away there is nothing to tell; the next hint comes within a second. */
    private void advance() {
        try {
            for (var page = page(position()); !page.isEmpty(); page = page(position())) {
                offer(page);
            }
        } catch (RuntimeException e) {
            LOG.debug("The events of project {} cannot be read now.", project.slug(), e);
        }
    }

    private void offer(List<StoredEvent> page) {
        lock.lock();
        try {
            page.forEach(channels::offer);
            position = page.getLast().position();
        } finally {
            lock.unlock();
        }
    }

    private boolean isWanted() {
        lock.lock();
        try {
            isReading = !channels.isEmpty();
            return isReading;
        } finally {
            lock.unlock();
        }
    }
}
