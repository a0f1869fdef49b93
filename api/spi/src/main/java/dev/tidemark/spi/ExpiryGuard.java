package dev.tidemark.spi;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Holds back the deletion of events by age until a module has made of them what it makes; for modules that follow commits
 * without being an {@link EventListener}.
 */
@FunctionalInterface
public interface ExpiryGuard {

    /**
     * Whether all events of a collection before a moment may be deleted. After true they soon are, so the module notes what it
     * needs to know about that in the same transaction.
     *
     * @param collection the name of its table
     * @param transaction stands in the project's schema, and refuses to be ended
     */
    boolean release(Project project, String collection, Instant end, Connection transaction) throws SQLException;
}
