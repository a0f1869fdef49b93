package dev.tidemark.rollups.upkeep;

import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.Span;
import dev.tidemark.rollups.progress.ProgressStore;
import dev.tidemark.rollups.progress.StaleStore;
import dev.tidemark.rollups.rows.RowStore;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Makes buckets anew, each step in a transaction. */
public record RemakeStore(ProgressStore progress, StaleStore stale, BackfillStore backfills, RowStore rows) {

    /** A step of a backfill is as long, or else a bucket. */
    private static final Duration STEP = Duration.ofHours(1);

    /** Makes one bucket that is noted as stale. */
    boolean remake(Connection connection, Project project, Rollup rollup, Instant bucket) throws SQLException {
        var held = progress.lock(connection, rollup);
        if (held.isEmpty() || !stale.has(connection, rollup, bucket)) {
            return false;
        }
        rows.remake(connection, project, rollup, held.get(), Span.of(bucket));
        return true;
    }

    /** Takes a backfill one step further; false: there was nothing to do. */
    boolean backfill(Connection connection, Project project, Rollup rollup) throws SQLException {
        var held = progress.lock(connection, rollup);
        var next = backfills.next(connection, rollup);
        if (held.isEmpty() || next.isEmpty()) {
            return false;
        }
        var length = rollup.bucket().length();
        var end = next.get().plus(length.compareTo(STEP) > 0 ? length : STEP);
        rows.remake(connection, project, rollup, held.get(), new Span(next.get(), end));
        backfills.advance(connection, rollup, end);
        return true;
    }
}
