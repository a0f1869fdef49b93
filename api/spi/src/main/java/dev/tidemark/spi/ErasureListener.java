package dev.tidemark.spi;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Learns of persons who are erased, so that a module can mend what it has made of their events, and forget what it knows of them. */
public interface ErasureListener {

    /**
     * Called with each piece of an erasure, on the leading node.
     *
     * @param collection the name of its table
     * @param times when the events happened, at most some thousand
     * @param transaction the one that erases them, which stands in the project's schema and refuses to be ended
     */
    default void erased(Project project, String collection, List<Instant> times, Connection transaction)
            throws SQLException {}

    /**
     * Called before the events of the person are erased, so that nobody acts on what is known of them, and again when all are, as it may
     * have come back meanwhile by those who follow events; on the leading node.
     *
     * @param id the user's, or the visitor's
     * @param transaction the erasure's, which stands in the project's schema and refuses to be ended by others
     * @return for the receipt: how many were deleted of what, such as 3 of "messages"
     */
    default Map<String, Long> forgotten(Project project, String id, Connection transaction) throws SQLException {
        return Map.of();
    }
}
