package dev.tidemark.rollups;

import dev.tidemark.rollups.RollupState.Audit;
import dev.tidemark.rollups.RollupState.Progress;
import dev.tidemark.spi.SqlName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What stands in table {@code _rollup} of how far each rollup is, and how it is doing. */
final class ProgressStore {

    /**
     * Its position; empty: it was dropped. Nobody else moves it, and no events expire, before the transaction has ended.
     */
    OptionalLong lock(Connection connection, Rollup rollup) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select position
                from _rollup
                where name = ?
                for update
                """)) {
            statement.setString(1, rollup.name());
            try (var rows = statement.executeQuery()) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /** It goes on from there. */
    void advance(Connection connection, Rollup rollup, long position) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _rollup
                set position = ?, rolled_at = clock_timestamp(), attempts = 0, last_error = null, retry_at = null
                where name = ?
                """)) {
            statement.setLong(1, position);
            statement.setString(2, rollup.name());
            statement.executeUpdate();
        }
    }

    /** The names of those that answer questions about their collections. */
    Set<String> ready(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                        select name
                        from _rollup
                        where is_ready
                        """);
                var rows = statement.executeQuery()) {
            var names = new HashSet<String>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }

    /** Whether some have become ready, or are not any more. */
    boolean isToSettle(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select exists (
                            select
                            from _rollup
                            where is_ready <> (position >= backfill_to and last_error is null)
                        )
                        """)) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    /** Those are ready that have rolled up all that was there before them, and go on. */
    int settle(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate("""
                    update _rollup
                    set is_ready = not is_ready
                    where is_ready <> (position >= backfill_to and last_error is null)
                    """);
        }
    }

    /** Notes why it could not go on; it is tried again after longer and longer pauses, at most ten seconds. */
    void failed(Connection connection, Rollup rollup, String error) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _rollup
                set
                    attempts = attempts + 1,
                    last_error = ?,
                    retry_at = clock_timestamp() + least(power(2, attempts), 10) * interval '1 s'
                where name = ?
                """)) {
            statement.setString(1, error);
            statement.setString(2, rollup.name());
            statement.executeUpdate();
        }
    }

    /** Notes that a bucket was recomputed. */
    void audited(Connection connection, Rollup rollup, boolean hasDrifted) throws SQLException {
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

    /**
     * Whether all rollups of a collection have passed the events before a moment. If so, notes that these may soon be gone;
     * that waits for a rollup that is just being written.
     */
    boolean release(Connection connection, String collection, Instant end) throws SQLException {
        try (var statement = connection.prepareStatement("""
                with behind as (
                    select count(*) as rollups
                    from _rollup
                    where collection = ? and position < (
                        select max(position)
                        from _commit
                        where collection = ? and min_time < ?
                    )
                ), noted as (
                    update _rollup
                    set raw_from = greatest(raw_from, ?)
                    where collection = ? and (select rollups from behind) = 0
                )
                select rollups = 0
                from behind
                """)) {
            var moment = end.atOffset(ZoneOffset.UTC);
            statement.setString(1, collection);
            statement.setString(2, collection);
            statement.setObject(3, moment);
            statement.setObject(4, moment);
            statement.setString(5, collection);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }

    /** Empty: it was dropped. */
    Optional<RollupState> state(Connection connection, Rollup rollup) throws SQLException {
        var table = SqlName.quoted(rollup.table());
        try (var statement = connection.prepareStatement("""
                select
                    created_at,
                    rolled_at,
                    raw_from,
                    last_error,
                    position,
                    least(position, backfill_to),
                    backfill_to,
                    (
                        select (extract(epoch from clock_timestamp() - committed_at) * 1000)::bigint
                        from _commit
                        where _commit.position > _rollup.position
                        order by _commit.position
                        limit 1
                    ),
                    case
                        when reltuples > 0 and relpages > 0 then (
                            reltuples / relpages * pg_relation_size(pg_class.oid) / current_setting('block_size')::int
                        )::bigint
                        else (select count(*) from %s)
                    end,
                    pg_total_relation_size(pg_class.oid),
                    audited,
                    audited_at,
                    drifted,
                    drifted_at,
                    (select count(*) from _rollup_stale where rollup = _rollup.name)
                from _rollup
                join pg_class on pg_class.oid = to_regclass(?)
                where name = ?
                """.formatted(table))) {
            statement.setString(1, table);
            statement.setString(2, rollup.name());
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                var lag = row.getLong(8);
                return Optional.of(new RollupState(
                        instant(row, 1).orElseThrow(),
                        instant(row, 2),
                        instant(row, 3),
                        Optional.ofNullable(row.getString(4)),
                        row.getLong(5),
                        new Progress(row.getLong(6), row.getLong(7)),
                        Duration.ofMillis(Math.max(lag, 0)),
                        row.getLong(9),
                        row.getLong(10),
                        row.getLong(15),
                        new Audit(row.getLong(11), instant(row, 12), row.getLong(13), instant(row, 14))));
            }
        }
    }

    private static Optional<Instant> instant(ResultSet row, int place) throws SQLException {
        return Optional.ofNullable(row.getObject(place, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
