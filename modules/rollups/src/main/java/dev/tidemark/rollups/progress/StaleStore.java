package dev.tidemark.rollups.progress;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.rollups.definition.Moments;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.Span;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Table {@code _rollup_stale}: the buckets that are to be made anew of what they are made of. */
public record StaleStore(Statements statements) {

    /** Notes the buckets of these times. */
    public void note(Connection connection, Rollup rollup, List<Instant> times) throws SQLException {
        note(connection, rollup, sql("unnest({}) as t (moment)", Moments.sql(times)));
    }

    /** Notes all buckets of a rollup, those of the other where it is made of another. */
    public void noteAll(Connection connection, Rollup rollup) throws SQLException {
        var source = SqlFragment.name(Rollup.table(rollup.follower()));
        note(connection, rollup, sql("(select distinct _time as moment from {}) as t", source));
    }

    /**
     * Notes buckets of a rollup; those made of another rollup are due when they are over: until then, they would only change
     * again.
     *
     * @param moments a table with one column, moment
     */
    public void note(Connection connection, Rollup rollup, SqlFragment moments) throws SQLException {
        var due = rollup.cascade().isPresent()
                ? sql(
                        "bucket + {} * interval '1 s'",
                        SqlFragment.number(rollup.bucket().length().toSeconds()))
                : sql("timestamptz '-infinity'");
        try (var statement = statements.prepare(
                connection,
                sql("""
                        with stale as (
                            select bucket, {} as due_at
                            from (select distinct {} as bucket from {}) as buckets
                        )
                        insert into _rollup_stale (rollup, bucket, due_at)
                        select {}, bucket, due_at
                        from stale
                        on conflict do nothing\
                        """, due, rollup.bucket().of(sql("moment")), moments, SqlFragment.text(rollup.name())))) {
            statement.executeUpdate();
        }
    }

    /** Some that are due, of rollups that go on; the latest first. */
    public List<Stale> some(Connection connection, int most) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select rollup, bucket
                from _rollup_stale
                where due_at <= clock_timestamp() and rollup in (
                    select own.name
                    from _rollup as own
                    join _rollup as follower on follower.name = coalesce(own.cascade, own.name)
                    where follower.last_error is null
                )
                order by bucket desc
                limit ?
                """)) {
            statement.setInt(1, most);
            try (var found = statement.executeQuery()) {
                List<Stale> stale = new ArrayList<>();
                while (found.next()) {
                    stale.add(new Stale(
                            found.getString("rollup"),
                            Moments.read(found, "bucket").orElseThrow()));
                }
                return stale;
            }
        }
    }

    /** The latest of a rollup that is due. */
    public Optional<Instant> due(Connection connection, Rollup rollup) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select max(bucket) as bucket
                from _rollup_stale
                where rollup = ? and due_at <= clock_timestamp()
                """)) {
            statement.setString(1, rollup.name());
            try (var found = statement.executeQuery()) {
                found.next();
                return Moments.read(found, "bucket");
            }
        }
    }

    /** Whether a bucket is noted. */
    public boolean has(Connection connection, Rollup rollup, Instant bucket) throws SQLException {
        return exists(connection, "select from _rollup_stale where rollup = ? and bucket = ?", rollup, bucket);
    }

    /** Whether a bucket is noted, or may be, since those who have come to be other people are still to be found. */
    public boolean mayHave(Connection connection, Rollup rollup, Instant bucket) throws SQLException {
        var isOfPersons = rollup.isOfPersons() ? "union all select from _rollup_person" : "";
        return exists(
                connection, "select from _rollup_stale where rollup = ? and bucket = ? " + isOfPersons, rollup, bucket);
    }

    /** Whether a bucket is noted that begins before a moment. */
    public boolean hasBefore(Connection connection, Rollup rollup, Instant moment) throws SQLException {
        return exists(connection, "select from _rollup_stale where rollup = ? and bucket < ?", rollup, moment);
    }

    /** The buckets are as they should be. */
    public void forget(Connection connection, Rollup rollup, Span span) throws SQLException {
        var condition = span.has(SqlFragment.name("bucket"));
        try (var statement = statements.prepare(
                connection,
                sql(
                        "delete from _rollup_stale where rollup = {} and {}",
                        SqlFragment.text(rollup.name()),
                        condition))) {
            statement.executeUpdate();
        }
    }

    private static boolean exists(Connection connection, String sql, Rollup rollup, Instant moment)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql + " limit 1")) {
            statement.setString(1, rollup.name());
            statement.setObject(2, moment.atOffset(ZoneOffset.UTC));
            try (var found = statement.executeQuery()) {
                return found.next();
            }
        }
    }

    /** A bucket of the rollup of that name. */
    public record Stale(String rollup, Instant bucket) {}
}
