package dev.tidemark.rollups.upkeep;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.rollups.definition.DefinitionStore;
import dev.tidemark.rollups.definition.Moments;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.RollupTable;
import dev.tidemark.rollups.progress.ProgressStore;
import dev.tidemark.rollups.progress.StaleStore;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Drops the rows of buckets that are too old. */
public record KeepStore(Statements statements, DefinitionStore definitions, ProgressStore progress, StaleStore stale) {

    /** Rows of one transaction. */
    private static final int MOST = 10_000;

    /** Notes that earlier buckets may go: nothing is added to them any more. */
    boolean keepFrom(Connection connection, Rollup rollup, Instant from) throws SQLException {
        if (progress.lock(connection, rollup).isEmpty()) {
            return false;
        }
        return update(
                        connection,
                        sql(
                                "update _rollup set kept_from = greatest(kept_from, {}) where name = {}",
                                Moments.sql(from),
                                SqlFragment.text(rollup.name())))
                > 0;
    }

    /**
     * Drops some of the earlier ones, but those of which buckets are still to be made.
     *
     * @return whether there may be more
     */
    boolean drop(Connection connection, Rollup rollup, Instant from) throws SQLException {
        if (progress.lock(connection, rollup).isEmpty()) {
            return false;
        }
        var cascades = definitions.madeOf(connection, rollup);
        for (var cascade : cascades) {
            if (stale.hasBefore(connection, cascade, from)) {
                return false;
            }
        }
        var before = cascades.stream()
                .map(cascade -> cascade.bucket().floor(from))
                .min(Instant::compareTo)
                .orElse(from);
        return update(
                        connection,
                        sql(
                                """
                                delete from {}
                                where (_time, _key) in (
                                    select _time, _key
                                    from {}
                                    where _time < {}
                                    limit {}
                                )\
                                """,
                                new RollupTable(rollup).name(),
                                new RollupTable(rollup).name(),
                                Moments.sql(before),
                                SqlFragment.number(MOST)))
                == MOST;
    }

    private int update(Connection connection, SqlFragment sql) throws SQLException {
        try (var statement = statements.prepare(connection, sql)) {
            return statement.executeUpdate();
        }
    }
}
