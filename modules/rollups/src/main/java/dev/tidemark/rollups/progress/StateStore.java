package dev.tidemark.rollups.progress;

import dev.tidemark.rollups.definition.Moments;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.progress.RollupState.Audit;
import dev.tidemark.rollups.progress.RollupState.Progress;
import dev.tidemark.rollups.progress.RollupState.Range;
import dev.tidemark.spi.SqlName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Tells how rollups are doing. */
public final class StateStore {

    private StateStore() {}

    /**
     * Empty: it was dropped. The size is that of the table in which a row lies, which on Citus is a worker's.
     *
     * @param misfit why it cannot go on with the next event, where that is known already
     */
    public static Optional<RollupState> state(Connection connection, Rollup rollup, Optional<String> misfit)
            throws SQLException {
        var table = SqlName.quoted(rollup.table());
        try (var statement = connection.prepareStatement("""
                select
                    own.*,
                    follower.position as followed_to,
                    follower.rolled_at as followed_at,
                    follower.last_error as error,
                    follower.backfill_to as total,
                    (
                        select (extract(epoch from clock_timestamp() - committed_at) * 1000)::bigint
                        from _commit
                        where _commit.position > follower.position
                        order by _commit.position
                        limit 1
                    ) as lag,
                    coalesce(pg_total_relation_size((select tableoid from %s limit 1)), 0) as size,
                    (select count(*) from _rollup_stale where rollup = own.name) as stale,
                    first,
                    last,
                    next
                from _rollup as own
                join _rollup as follower on follower.name = coalesce(own.cascade, own.name)
                left join _rollup_backfill on rollup = own.name
                where own.name = ?
                """.formatted(table))) {
            statement.setString(1, rollup.name());
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(state(rows, count(connection, table), misfit)) : Optional.empty();
            }
        }
    }

    /** About how many rows there are. They are counted where PostgreSQL knows nothing of them: on Citus it does on a worker only. */
    private static long count(Connection connection, String table) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select (reltuples / relpages * pg_relation_size(oid) / current_setting('block_size')::int)::bigint
                from pg_class
                where oid = to_regclass(?) and reltuples > 0 and relpages > 0
                """)) {
            statement.setString(1, table);
            try (var estimate = statement.executeQuery()) {
                if (estimate.next()) {
                    return estimate.getLong(1);
                }
            }
        }
        try (var statement = connection.prepareStatement("select count(*) from " + table);
                var counted = statement.executeQuery()) {
            counted.next();
            return counted.getLong(1);
        }
    }

    private static RollupState state(ResultSet row, long count, Optional<String> misfit) throws SQLException {
        var position = row.getLong("followed_to");
        var total = row.getLong("total");
        return new RollupState(
                Moments.read(row, "created_at").orElseThrow(),
                Moments.read(row, "followed_at"),
                Moments.read(row, "raw_from"),
                Moments.read(row, "kept_from"),
                Optional.ofNullable(row.getString("error")).or(() -> misfit),
                row.getBoolean("is_ready"),
                position,
                new Progress(Math.min(position, total), total),
                range(row),
                Duration.ofMillis(Math.max(row.getLong("lag"), 0)),
                count,
                row.getLong("size"),
                row.getLong("stale"),
                new Audit(
                        row.getLong("audited"),
                        Moments.read(row, "audited_at"),
                        row.getLong("drifted"),
                        Moments.read(row, "drifted_at")));
    }

    private static Optional<Range> range(ResultSet row) throws SQLException {
        var from = Moments.read(row, "first");
        return from.isEmpty()
                ? Optional.empty()
                : Optional.of(new Range(
                        from.get(),
                        Moments.read(row, "last").orElseThrow(),
                        Moments.read(row, "next").orElseThrow()));
    }
}
