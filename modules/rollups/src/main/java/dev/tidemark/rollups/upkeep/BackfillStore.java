package dev.tidemark.rollups.upkeep;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.rollups.definition.Moments;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.definition.RollupTable;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Table {@code _rollup_backfill}: the times whose buckets are to be made anew, and how far that is. */
public record BackfillStore(Statements statements) {

    /**
     * Notes a time, as far as there are events or rows of it; what is under way already is done together with it.
     *
     * @param from empty: from the first event on
     * @param to empty: up to the last event
     */
    public void begin(Connection connection, Rollup rollup, Optional<Instant> from, Optional<Instant> to)
            throws SQLException {
        try (var statement = statements.prepare(
                connection,
                sql(
                        """
                        insert into _rollup_backfill as asked (rollup, first, last, next)
                        select {}, first, last, first
                        from (
                            select
                                {} as first,
                                {} as last
                            from (
                                select
                                    least(min(min_time), (select min(_time) from {})) as earliest,
                                    greatest(max(max_time), (select max(_time) from {})) as latest
                                from _commit
                                where collection = {}
                            ) as there
                        ) as span
                        where first <= last
                        on conflict (rollup) do update
                        set
                            first = least(asked.first, excluded.first),
                            last = greatest(asked.last, excluded.last),
                            next = least(asked.next, excluded.first)\
                        """,
                        SqlFragment.text(rollup.name()),
                        rollup.bucket().of(sql("greatest(earliest, {})", moment(from))),
                        rollup.bucket().of(sql("least(latest, {})", moment(to))),
                        new RollupTable(rollup).name(),
                        new RollupTable(rollup).name(),
                        SqlFragment.text(rollup.collection())))) {
            statement.executeUpdate();
        }
    }

    /** The names of the rollups of which there is something to do, and that go on. */
    List<String> waiting(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                        select rollup
                        from _rollup_backfill
                        join _rollup as own on own.name = rollup
                        join _rollup as follower on follower.name = coalesce(own.cascade, own.name)
                        where follower.last_error is null
                        order by rollup
                        """);
                var rows = statement.executeQuery()) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }

    /** The first bucket that is still to make; empty: nothing is to do. */
    Optional<Instant> next(Connection connection, Rollup rollup) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select next
                from _rollup_backfill
                where rollup = ?
                for update
                """)) {
            statement.setString(1, rollup.name());
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Moments.read(rows, "next") : Optional.empty();
            }
        }
    }

    /** Goes on from there, and ends after the last bucket. */
    void advance(Connection connection, Rollup rollup, Instant next) throws SQLException {
        try (var statement = statements.prepare(
                connection,
                sql(
                        """
                        with advanced as (
                            update _rollup_backfill
                            set next = {}
                            where rollup = {} and last >= {}
                            returning rollup
                        )
                        delete from _rollup_backfill
                        where rollup = {} and not exists (select from advanced)\
                        """,
                        Moments.sql(next),
                        SqlFragment.text(rollup.name()),
                        Moments.sql(next),
                        SqlFragment.text(rollup.name())))) {
            statement.executeUpdate();
        }
    }

    private static SqlFragment moment(Optional<Instant> moment) {
        return moment.map(Moments::sql).orElseGet(() -> sql("null::timestamptz"));
    }
}
