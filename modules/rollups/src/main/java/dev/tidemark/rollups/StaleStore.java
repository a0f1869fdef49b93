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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Table {@code _rollup_stale}: the buckets that are to be made anew of their events. */
final class StaleStore {

    private final Questions questions;
    private final ProgressStore progress;
    private final RowStore rows;

    StaleStore(Questions questions, ProgressStore progress) {
        this.questions = questions;
        this.progress = progress;
        this.rows = new RowStore(questions);
    }

    /** Notes the buckets of these times. */
    void note(Connection connection, Rollup rollup, List<Instant> times) throws SQLException {
        note(connection, rollup, sql("unnest({}) as t (moment)", moments(times)));
    }

    /** Notes the buckets in which there are events, or are rows, of a time. */
    void note(Connection connection, Project project, Rollup rollup, Instant from, Instant to) throws SQLException {
        var sql = new RollupSql(rollup, questions.sqlRelation(project, List.of(rollup.collection())));
        note(connection, rollup, sql.moments(moment(from), moment(to)));
    }

    /** Some of them, of rollups that go on; the latest first. */
    List<Stale> some(Connection connection, int most) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select rollup, bucket
                from _rollup_stale
                where rollup in (select name from _rollup where last_error is null)
                order by bucket desc
                limit ?
                """)) {
            statement.setInt(1, most);
            try (var found = statement.executeQuery()) {
                List<Stale> stale = new ArrayList<>();
                while (found.next()) {
                    stale.add(new Stale(
                            found.getString(1),
                            found.getObject(2, OffsetDateTime.class).toInstant()));
                }
                return stale;
            }
        }
    }

    /** Makes a bucket anew, unless some of its events are gone because of their age: then it stays as it is. */
    boolean remake(Connection connection, Project project, Rollup rollup, Instant bucket) throws SQLException {
        var isThere = progress.lock(connection, rollup).isPresent();
        if (forget(connection, rollup, bucket) && isThere) {
            var sql = new RollupSql(rollup, questions.sqlRelation(project, List.of(rollup.collection())));
            rows.remake(connection, rollup, sql, moment(bucket));
        }
        return isThere;
    }

    private void note(Connection connection, Rollup rollup, SqlFragment moments) throws SQLException {
        try (var statement = questions.prepare(
                connection,
                sql("""
                        insert into _rollup_stale (rollup, bucket)
                        select distinct {}, {}
                        from {}
                        on conflict do nothing\
                        """, SqlFragment.text(rollup.name()), rollup.bucket().of(sql("moment")), moments))) {
            statement.executeUpdate();
        }
    }

    /** Whether all of its events are there. */
    private static boolean forget(Connection connection, Rollup rollup, Instant bucket) throws SQLException {
        try (var statement = connection.prepareStatement("""
                delete from _rollup_stale
                where rollup = ? and bucket = ?
                returning bucket >= coalesce((select raw_from from _rollup where name = rollup), '-infinity')
                """)) {
            statement.setString(1, rollup.name());
            statement.setObject(2, bucket.atOffset(ZoneOffset.UTC));
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private static SqlFragment moment(Instant moment) {
        return SqlFragment.value(new Parameter(ColumnType.TIMESTAMP, moment));
    }

    private static SqlFragment moments(List<Instant> moments) {
        return SqlFragment.value(new Parameter(ColumnType.TIMESTAMP, moments));
    }

    /** A bucket of the rollup of that name. */
    record Stale(String rollup, Instant bucket) {}
}
