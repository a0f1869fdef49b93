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
    private final ProgressStore progress;
    private final RowStore rows;

    AuditStore(Questions questions, ProgressStore progress) {
        this.questions = questions;
        this.progress = progress;
        this.rows = new RowStore(questions);
    }

    /**
     * Recomputes one bucket and, where it has drifted, puts it right.
     *
     * @param place which: from 0, the earliest whose events are all there, to 1, the latest
     * @return whether it had drifted; empty: there is no such bucket, or no such rollup any more
     */
    Optional<Boolean> audit(Connection connection, Project project, Rollup rollup, double place) throws SQLException {
        if (progress.lock(connection, rollup).isEmpty()) {
            return Optional.empty();
        }
        var sql = new RollupSql(rollup, questions.sqlRelation(project, List.of(rollup.collection())));
        var bucket = bucket(connection, sql, place);
        if (bucket.isEmpty()) {
            return Optional.empty();
        }
        var time = SqlFragment.value(new Parameter(ColumnType.TIMESTAMP, bucket.get()));
        var hasDrifted = differences(connection, sql.differences(time, sql.rolledUp(time))) > 0
                || rows.isSpoiled(connection, rollup, sql, time);
        if (hasDrifted) {
            rows.remake(connection, rollup, sql, time);
        }
        progress.audited(connection, rollup, hasDrifted);
        return Optional.of(hasDrifted);
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
}
