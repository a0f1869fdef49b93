package dev.tidemark.rollups;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.SqlFragment.Parameter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Holds buckets of a rollup against the events that they were made of. */
final class AuditStore {

    private final Questions questions;
    private final SketchStore sketches;

    AuditStore(Questions questions) {
        this.questions = questions;
        this.sketches = new SketchStore(questions);
    }

    /**
     * Recomputes one bucket and, where it has drifted, puts it right.
     *
     * @param place which: from 0, the earliest whose events are all there, to 1, the latest
     * @return whether it had drifted; empty: there is no such bucket
     */
    Optional<Boolean> audit(Connection connection, Project project, Rollup rollup, double place) throws SQLException {
        lock(connection, rollup);
        var sql = new RollupSql(rollup, questions.sqlRelation(project, List.of(rollup.collection())));
        var bucket = bucket(connection, sql, place);
        if (bucket.isEmpty()) {
            return Optional.empty();
        }
        var time = SqlFragment.value(new Parameter(ColumnType.TIMESTAMP, bucket.get()));
        var events = sql.rolledUp(time);
        var hasDrifted = differences(connection, sql.differences(time, events)) > 0;
        if (hasDrifted) {
            run(connection, sql.delete(time));
            run(connection, sql.merge(events));
            if (!rollup.sketches().isEmpty()) {
                sketches.merge(connection, rollup, sql.values(events));
            }
        }
        note(connection, rollup, hasDrifted);
        return Optional.of(hasDrifted);
    }

    /** Nobody rolls up anything, and no events expire, before the transaction has ended. */
    private static void lock(Connection connection, Rollup rollup) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select
                from _rollup
                where name = ?
                for update
                """)) {
            statement.setString(1, rollup.name());
            statement.execute();
        }
    }

    private Optional<Instant> bucket(Connection connection, RollupSql sql, double place) throws SQLException {
        try (var statement = questions.prepare(connection, sql.bucketAt(place));
                var rows = statement.executeQuery()) {
            return rows.next()
                    ? Optional.of(rows.getObject(1, OffsetDateTime.class).toInstant())
                    : Optional.empty();
        }
    }

    private long differences(Connection connection, SqlFragment differences) throws SQLException {
        try (var statement = questions.prepare(connection, differences);
                var rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void run(Connection connection, SqlFragment sql) throws SQLException {
        try (var statement = questions.prepare(connection, sql)) {
            statement.executeUpdate();
        }
    }

    private static void note(Connection connection, Rollup rollup, boolean hasDrifted) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _rollup
                set
                    audited = audited + 1,
                    audited_at = clock_timestamp(),
                    drifted = drifted + ?,
                    drifted_at = case when ? then clock_timestamp() else drifted_at end
                where name = ?
                """)) {
            statement.setInt(1, hasDrifted ? 1 : 0);
            statement.setBoolean(2, hasDrifted);
            statement.setString(3, rollup.name());
            statement.executeUpdate();
        }
    }
}
