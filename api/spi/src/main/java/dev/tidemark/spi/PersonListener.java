package dev.tidemark.spi;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Learns that ids have come to be of other people ({@link PersonMapping}), so that a module can mend what it made of people. */
@FunctionalInterface
public interface PersonListener {

    /**
     * Called on the node where it happens; it notes what is to be done and does little, for others wait.
     *
     * @param before the ids whose events are of another person once the transaction is committed, at most some thousand, and whose
     *     they were
     * @param transaction the one that changes who is who, which stands in the project's schema and refuses to be ended
     */
    void moved(Project project, Map<String, String> before, Connection transaction) throws SQLException;
}
