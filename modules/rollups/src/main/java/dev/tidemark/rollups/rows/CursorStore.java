package dev.tidemark.rollups.rows;

import dev.tidemark.spi.Questions;
import dev.tidemark.spi.SqlFragment;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements of one connection whose rows are read at the same time, each by a cursor. */
final class CursorStore implements AutoCloseable {

    private final List<PreparedStatement> statements = new ArrayList<>();
    private final List<ResultSet> cursors = new ArrayList<>();

    /** @param fetched so many rows of each are in memory at a time */
    CursorStore(Questions questions, Connection connection, List<SqlFragment> selects, int fetched)
            throws SQLException {
        try {
            for (var select : selects) {
                var statement = questions.prepareCursor(connection, select);
                statements.add(statement);
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
        for (var statement : statements) {
            statement.close();
        }
    }
}
