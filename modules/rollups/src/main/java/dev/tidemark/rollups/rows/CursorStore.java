package dev.tidemark.rollups.rows;

import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements of one connection whose rows are read at the same time, each by a cursor. */
final class CursorStore implements AutoCloseable {

    private final List<PreparedStatement> open = new ArrayList<>();
    private final List<ResultSet> cursors = new ArrayList<>();

    /** @param fetched so many rows of each are in memory at a time */
    CursorStore(Statements statements, Connection connection, List<SqlFragment> selects, int fetched)
            throws SQLException {
        try {
            for (var select : selects) {
                var statement = statements.prepareCursor(connection, select);
                open.add(statement);
                statement.setFetchSize(fetched);
                cursors.add(statement.executeQuery());
            }
        } catch (SQLException | RuntimeException e) {
            close();
            throw e;
        }
    }

    List<ResultSet> cursors() {
        return List.copyOf(cursors);
    }

    @Override
    public void close() throws SQLException {
        for (var statement : open) {
            statement.close();
        }
    }
}
