package dev.tidemark.rollups.upkeep;

import dev.tidemark.rollups.definition.Moments;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.RollupTable;
import dev.tidemark.rollups.definition.Span;
import dev.tidemark.rollups.progress.ProgressStore;
import dev.tidemark.rollups.progress.StaleStore;
import dev.tidemark.rollups.rows.RowStore;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Holds buckets of a rollup against what they were made of. */
public record AuditStore(Questions questions, ProgressStore progress, StaleStore stale, RowStore rows) {

    /**
     * Recomputes one bucket and, where it has drifted, puts it right.
     *
     * @param place which: from 0, the earliest of which all is there, to 1, the latest
     * @return whether it had drifted; empty: there is no such bucket, or no such rollup any more
     */
    Optional<Boolean> audit(Connection connection, Project project, Rollup rollup, double place) throws SQLException {
        var held = progress.lock(connection, rollup);
        if (held.isEmpty()) {
            return Optional.empty();
        }
        var bucket = bucket(connection, rollup, held.get().wholeFrom(), place);
        if (bucket.isEmpty() || (rollup.cascade().isPresent() && stale.has(connection, rollup, bucket.get()))) {
            return Optional.empty();
        }
        var span = Span.of(bucket.get());
        var hasDrifted = rows.haveDrifted(connection, project, rollup, span);
        if (hasDrifted) {
            rows.remake(connection, project, rollup, held.get(), span);
        }
        progress.audited(connection, rollup, hasDrifted);
        return Optional.of(hasDrifted);
    }

    private Optional<Instant> bucket(Connection connection, Rollup rollup, Optional<Instant> from, double place)
            throws SQLException {
        try (var statement = questions.prepare(connection, new RollupTable(rollup).bucketAt(from, place));
                var found = statement.executeQuery()) {
            return found.next() ? Moments.read(found, RollupTable.TIME) : Optional.empty();
        }
    }
}
