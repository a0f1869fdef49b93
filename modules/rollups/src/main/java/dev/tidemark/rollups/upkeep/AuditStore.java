package dev.tidemark.rollups.upkeep;

import dev.tidemark.rollups.definition.Moments;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.RollupTable;
import dev.tidemark.rollups.definition.Share;
import dev.tidemark.rollups.definition.Span;
import dev.tidemark.rollups.progress.ProgressStore;
import dev.tidemark.rollups.progress.StaleStore;
import dev.tidemark.rollups.rows.RowStore;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * Holds buckets of a rollup against what they were made of. That may take long, so it is done as of one moment, while the rollup goes
 * on; only a bucket that seems to have drifted is recomputed once more by who holds the rollup.
 */
public record AuditStore(
        Statements statements, ProgressStore progress, StaleStore stale, RowStore rows, AuditLimits limits) {

    /**
     * A part of a bucket that was recomputed.
     *
     * @param isSuspect whether it was not what its events make
     */
    public record Recomputed(Instant bucket, Share share, boolean isSuspect) {}

    /**
     * Recomputes a part of one bucket, and holds nobody up.
     *
     * @param transaction one in which nothing was read yet
     * @param bucket which: from 0, the earliest of which all is there, to 1, the latest
     * @param share which of its shares: from 0, the first, to 1, the last
     * @return empty: there is no such bucket, or it is to be made anew anyway, or there is no such rollup any more, or too much else
     *     is to be done
     */
    public Optional<Recomputed> recompute(
            Connection transaction, Project project, Rollup rollup, double bucket, double share) throws SQLException {
        try (var statement = transaction.createStatement()) {
            statement.execute("set transaction isolation level repeatable read, read only");
        }
        var seen = progress.seen(transaction, rollup);
        if (seen.isEmpty() || progress.waiting(transaction) > limits.waiting()) {
            return Optional.empty();
        }
        var found = bucket(transaction, rollup, seen.get().wholeFrom(), bucket);
        if (found.isEmpty() || stale.mayHave(transaction, rollup, found.get())) {
            return Optional.empty();
        }
        var part = share(transaction, rollup, found.get(), share);
        var isSuspect = rows.haveDrifted(transaction, project, rollup, Span.of(found.get()), part);
        return Optional.of(new Recomputed(found.get(), part, isSuspect));
    }

    /**
     * Notes that a part of a bucket was recomputed and, where that has drifted, puts the bucket right.
     *
     * @return whether it had drifted
     */
    public boolean settle(Connection connection, Project project, Rollup rollup, Recomputed recomputed)
            throws SQLException {
        var hasDrifted = recomputed.isSuspect() && repaired(connection, project, rollup, recomputed);
        progress.audited(connection, rollup);
        if (hasDrifted) {
            progress.drifted(connection, rollup);
        }
        return hasDrifted;
    }

    /**
     * Events may have expired, or been erased, since it was looked at: so it is made sure. People may have been merged amid that, so
     * it is asked last whether the bucket is to be made anew anyway.
     */
    private boolean repaired(Connection connection, Project project, Rollup rollup, Recomputed recomputed)
            throws SQLException {
        var held = progress.lock(connection, rollup);
        if (held.isEmpty()) {
            return false;
        }
        var whole = held.get().whole(Span.of(recomputed.bucket()));
        if (!rows.haveDrifted(connection, project, rollup, whole, recomputed.share())
                || stale.mayHave(connection, rollup, recomputed.bucket())) {
            return false;
        }
        rows.remake(connection, project, rollup, held.get(), whole);
        return true;
    }

    private Optional<Instant> bucket(Connection connection, Rollup rollup, Optional<Instant> from, double place)
            throws SQLException {
        try (var statement = statements.prepare(connection, new RollupTable(rollup).bucketAt(from, place));
                var found = statement.executeQuery()) {
            return found.next() ? Moments.read(found, RollupTable.TIME) : Optional.empty();
        }
    }

    private Share share(Connection connection, Rollup rollup, Instant bucket, double place) throws SQLException {
        try (var statement = statements.prepare(connection, new RollupTable(rollup).size(bucket));
                var size = statement.executeQuery()) {
            size.next();
            return Share.of(size.getLong("groups"), size.getLong("events"), limits.events(), place);
        }
    }
}
