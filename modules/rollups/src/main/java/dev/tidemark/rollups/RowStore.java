package dev.tidemark.rollups;

import dev.tidemark.spi.Questions;
import dev.tidemark.spi.SqlFragment;
import java.sql.Connection;
import java.sql.SQLException;

/** The rows of a rollup's table. */
final class RowStore {

    private final Questions questions;
    private final SketchStore sketches;

    RowStore(Questions questions) {
        this.questions = questions;
        this.sketches = new SketchStore(questions);
    }

    /** Merges events into the rows, what is sketched of them included. */
    void merge(Connection connection, Rollup rollup, RollupSql sql, SqlFragment events) throws SQLException {
        if (rollup.sketches().isEmpty()) {
            update(connection, sql.merge(events));
        } else {
            sketches.merge(connection, rollup, sql, events);
        }
    }

    /** Makes a bucket anew of those of its events that are rolled up. */
    void remake(Connection connection, Rollup rollup, RollupSql sql, SqlFragment bucket) throws SQLException {
        update(connection, sql.delete(bucket));
        merge(connection, rollup, sql, sql.rolledUp(bucket));
    }

    /** Whether sketches of a bucket's rows are not what its events make. */
    boolean isSpoiled(Connection connection, Rollup rollup, RollupSql sql, SqlFragment bucket) throws SQLException {
        return !rollup.sketches().isEmpty() && sketches.isSpoiled(connection, rollup, sql, sql.rolledUp(bucket));
    }

    private void update(Connection connection, SqlFragment sql) throws SQLException {
        try (var statement = questions.prepare(connection, sql)) {
            statement.executeUpdate();
        }
    }
}
