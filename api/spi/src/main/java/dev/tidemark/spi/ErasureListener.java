package dev.tidemark.spi;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Learns which events of a person were erased, so that a module can mend what it has made of them. */
@FunctionalInterface
public interface ErasureListener {

    /**
     * Called with each piece of an erasure, on the leading node.
     *
     * @param collection the name of its table
     * @param times when the events happened, at most some thousand
     * @param transaction the one that erases them, which stands in the project's schema
     */
    void erased(Project project, String collection, List<Instant> times, Connection transaction) throws SQLException;
}
