package dev.tidemark.spi;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The events of a project in the order of their commits, for whoever follows them. */
public interface CommittedEvents {

    /**
     * The committed events after a position, oldest first: at most {@code limit}, and fewer when they are large. None: there are no more.
     */
    default List<StoredEvent> read(Project project, Position after, int limit) {
        return read(project, after, limit, Set.of()).events();
    }

    /**
     * The same of some collections. The events of others are not read, so it looks far for little.
     *
     * @param collections by the names of their tables; none: all there are
     */
    Stretch read(Project project, Position after, int limit, Set<String> collections);

    /**
     * What was found after a position.
     *
     * @param end all events up to it were found; where none were found, it may be further than where the looking began
     */
    record Stretch(List<StoredEvent> events, Position end) {
        public Stretch {
            events = List.copyOf(events);
        }
    }

    /** The position of the last committed event, which all that are committed from now on have after them. */
    Position last(Project project);

    /** The position of the last event that was committed before a moment, by the clock of the database. */
    Position before(Project project, Instant moment);

    /**
     * The last position at which events of these collections were deleted because of their age: whoever reads on from an
     * earlier one does not see them. {@link Position#START} when there is none.
     *
     * @param collections by the names of their tables; none: all there are
     */
    Position expired(Project project, List<String> collections);

    /**
     * Runs something soon after events of the project were committed, on whichever node, and at least once a second, as
     * announcements may be lost. It must not take long.
     */
    Watch watch(Project project, Runnable hint);

    /** Ends when it is closed. */
    @FunctionalInterface
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
