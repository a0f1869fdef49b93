package dev.tidemark.rollups.progress;

import dev.tidemark.rollups.definition.Moments;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.Span;
import dev.tidemark.spi.ArrayParameter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What stands in table {@code _rollup} of how far each rollup is, and how it is doing. */
public final class ProgressStore {

    /**
     * Keeps the rows as they are until the transaction ends, and those of all rollups that go by the same position; no events
     * expire meanwhile.
     *
     * @return empty: it was dropped
     */
    public Optional<Held> lock(Connection connection, Rollup rollup) throws SQLException {
        return held(connection, rollup, "for update of follower");
    }

    /** How it stands in a transaction that sees one moment. Others change it meanwhile. */
    public Optional<Held> seen(Connection connection, Rollup rollup) throws SQLException {
        return held(connection, rollup, "");
    }

    private static Optional<Held> held(Connection connection, Rollup rollup, String lock) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select follower.position, own.kept_from, own.raw_from, follower.kept_from as source_from
                from _rollup as own
                join _rollup as follower on follower.name = coalesce(own.cascade, own.name)
                where own.name = ?
                """ + lock)) {
            statement.setString(1, rollup.name());
            try (var rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Held(rows.getLong("position"), wholeFrom(rollup, rows)))
                        : Optional.empty();
            }
        }
    }

    /**
     * The same of rollups that are made of events.
     *
     * @param isAwaited whether to wait for those that somebody else keeps; otherwise they are left out
     * @return where they stand, by their names
     */
    public Map<String, Long> lock(Connection connection, List<Rollup> rollups, boolean isAwaited) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select name, position
                from _rollup
                where name = any(?)
                order by name
                for update\
                """ + (isAwaited ? "" : " skip locked"))) {
            ArrayParameter.set(statement, 1, "text", rollups, Rollup::name);
            try (var rows = statement.executeQuery()) {
                var positions = new HashMap<String, Long>();
                while (rows.next()) {
                    positions.put(rows.getString("name"), rows.getLong("position"));
                }
                return positions;
            }
        }
    }

    /** Rows of another rollup are kept until nothing is made of them any more. */
    private static Optional<Instant> wholeFrom(Rollup rollup, ResultSet row) throws SQLException {
        var madeFrom = rollup.cascade().isEmpty()
                ? Moments.read(row, "raw_from")
                : Moments.read(row, "source_from").map(rollup.bucket()::floor);
        return Stream.concat(madeFrom.stream(), Moments.read(row, "kept_from").stream())
                .max(Instant::compareTo);
    }

    /**
     * Where a rollup stands.
     *
     * @param position up to which its rows are made
     * @param wholeFrom what earlier buckets were made of may be gone, or they themselves; empty: all is there
     */
    public record Held(long position, Optional<Instant> wholeFrom) {

        /** The buckets that can be made anew. */
        public Span whole(Span span) {
            return wholeFrom.map(span::since).orElse(span);
        }
    }

    /** They go on from there. */
    public void advance(Connection connection, List<Rollup> rollups, long position) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _rollup
                set position = ?, rolled_at = statement_timestamp(), attempts = 0, last_error = null, retry_at = null
                where name = any(?)
                """)) {
            statement.setLong(1, position);
            ArrayParameter.set(statement, 2, "text", rollups, Rollup::name);
            statement.executeUpdate();
        }
    }

    /** How many events wait to be rolled up, by that rollup which is furthest behind of those that go on; many are not counted to the end. */
    public long waiting(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select coalesce(sum(events), 0)
                        from (
                            select events
                            from _commit
                            where position > (
                                select min(position)
                                from _rollup
                                where cascade is null and last_error is null
                            )
                            order by position
                            limit 10000
                        ) as next
                        """)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** The names of those that answer questions about their collections. */
    public Set<String> ready(Connection connection) throws SQLException {
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
    public boolean isToSettle(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select exists (
                            select
                            from _rollup as own
                            join _rollup as follower on follower.name = coalesce(own.cascade, own.name)
                            where own.is_ready <> (
                                follower.position >= follower.backfill_to and follower.last_error is null
                            )
                        )
                        """)) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    /** Those are ready that have rolled up all that was there before them, and go on. */
    public int settle(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate("""
                    update _rollup as own
                    set is_ready = not own.is_ready
                    from _rollup as follower
                    where follower.name = coalesce(own.cascade, own.name)
                        and own.is_ready <> (follower.position >= follower.backfill_to and follower.last_error is null)
                    """);
        }
    }

    /** Notes why it could not go on; it is tried again after longer and longer pauses, at most ten seconds. */
    public void failed(Connection connection, Rollup rollup, String error) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _rollup
                set
                    attempts = attempts + 1,
                    last_error = ?,
                    retry_at = to_timestamp(
                        extract(epoch from statement_timestamp()) + least(power(2, attempts), 10)
                    )
                where name = ?
                """)) {
            statement.setString(1, error);
            statement.setString(2, rollup.name());
            statement.executeUpdate();
        }
    }

    /** Notes that a bucket was recomputed. */
    public void audited(Connection connection, Rollup rollup) throws SQLException {
        update(connection, rollup, "audited = audited + 1, audited_at = statement_timestamp()");
    }

    /** Notes that a bucket was not what its events make. */
    public void drifted(Connection connection, Rollup rollup) throws SQLException {
        update(connection, rollup, "drifted = drifted + 1, drifted_at = statement_timestamp()");
    }

    private static void update(Connection connection, Rollup rollup, String assignments) throws SQLException {
        try (var statement = connection.prepareStatement("update _rollup set " + assignments + " where name = ?")) {
            statement.setString(1, rollup.name());
            statement.executeUpdate();
        }
    }

    /**
     * Whether all rollups of a collection have passed the events before a moment. If so, notes that these may soon be gone;
     * that waits for a rollup that is just being written.
     */
    public boolean release(Connection connection, String collection, Instant end) throws SQLException {
        try (var statement = connection.prepareStatement("""
                with behind as (
                    select count(*) as rollups
                    from _rollup
                    where collection = ? and cascade is null and position < (
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
}
