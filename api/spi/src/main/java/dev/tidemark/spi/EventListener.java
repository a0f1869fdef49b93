package dev.tidemark.spi;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * Follows a project's committed events from the first one on, each exactly once, in order, whatever is killed: the
 * engine keeps the position of each module in each project, and commits it together with what the listener writes.
 *
 * <p>One call at a time per project and module, on any node. A failing listener is called again later with the same
 * events, holds up nobody else, and is seen in the log and the metrics.
 *
 * <p>Events that are older than is kept stay until every module that listens has passed them, so whoever makes something of
 * events (a rollup) has all of them by listening. Events that were erased in the meantime are not seen.
 */
@FunctionalInterface
public interface EventListener {

    /**
     * @param transaction stands in the project's schema; whatever is written through it commits with the position. It refuses to
     *     be ended, closed or moved
     */
    void stored(Project project, List<StoredEvent> events, Connection transaction) throws SQLException;

    /** The collections whose events it is told, by the names of their tables; none: all there are. The others are not read. */
    default Set<String> collections() {
        return Set.of();
    }
}
