package dev.tidemark.spi;

/**
 * A place in the order in which a project's events were committed. It has no gaps and never changes, so whoever follows
 * events remembers one: events with a greater position are all that came later, on whichever node.
 *
 * @param commit the number of the committed batch within its project, from 1
 * @param id the event within the batch
 */
public record Position(long commit, long id) implements Comparable<Position> {

    /** Before every event. */
    public static final Position START = new Position(0, 0);

    @Override
    public int compareTo(Position other) {
        var byCommit = Long.compare(commit, other.commit);
        return byCommit != 0 ? byCommit : Long.compare(id, other.id);
    }
}
