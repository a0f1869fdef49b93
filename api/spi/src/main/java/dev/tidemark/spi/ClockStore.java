package dev.tidemark.spi;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * The clock of the database, which is one for all nodes: what one of them notes and another judges goes by it. A node's own
 * ({@link ModuleContext#clock}) may be hours from another's, and may be set.
 */
public final class ClockStore {

    private ClockStore() {}

    /** What it shows now. */
    public static Instant now(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select statement_timestamp()");
                var rows = statement.executeQuery()) {
            rows.next();
            return rows.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    /**
     * The earlier of the two, for what would be lost if it were dropped too soon.
     *
     * @param node what the node's clock shows
     */
    public static Instant earlier(Connection connection, Instant node) throws SQLException {
        var now = now(connection);
        return now.isBefore(node) ? now : node;
    }
}
