package dev.tidemark.rollups;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.SqlFragment;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Takes a rollup from its position to a later one, in a transaction. */
final class WindowStore {

    private static final int MOST_COMMITS = 10_000;

    private final Questions questions;
    private final ProgressStore progress;
    private final RowStore rows;

    WindowStore(Questions questions, ProgressStore progress, RowStore rows) {
        this.questions = questions;
        this.progress = progress;
        this.rows = rows;
    }

    /**
     * Takes one step.
     *
     * @param most about so many events, but at least one commit
     * @return whether there were more commits than it took; what has come meanwhile may wait for others
     */
    boolean roll(Connection connection, Project project, Rollup rollup, int most) throws SQLException {
        var held = progress.lock(connection, rollup);
        if (held.isEmpty()) {
            return false;
        }
        var from = held.get().position();
        var end = end(connection, rollup, from, most);
        if (end.isEmpty()) {
            return false;
        }
        var to = end.get().position();
        var commits = commits(connection, rollup, from, to);
        if (commits.isPresent()) {
            rows.merge(connection, project, rollup, commits.get());
        }
        progress.advance(connection, rollup, to);
        return !end.get().isLast();
    }

    /** The commit up to which a step goes. */
    private record End(long position, boolean isLast) {}

    /** The commit with which there are enough events of the collection, or the last one there is; empty: there is none. */
    private static Optional<End> end(Connection connection, Rollup rollup, long after, int events) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select max(position), max(position) = (select max(position) from _commit)
                from (
                    select
                        position,
                        coalesce(sum(events) filter (where collection = ?) over earlier, 0) as before
                    from (
                        select *
                        from _commit
                        where position > ?
                        order by position
                        limit ?
                    ) as next
                    window earlier as (order by position rows between unbounded preceding and 1 preceding)
                ) as counted
                where before < ?
                """)) {
            statement.setString(1, rollup.collection());
            statement.setLong(2, after);
            statement.setInt(3, MOST_COMMITS);
            statement.setInt(4, events);
            try (var rows = statement.executeQuery()) {
                rows.next();
                var position = rows.getLong(1);
                return rows.wasNull() ? Optional.empty() : Optional.of(new End(position, rows.getBoolean(2)));
            }
        }
    }

    /** Those of the collection; empty: all were of others. */
    private Optional<Commits> commits(Connection connection, Rollup rollup, long after, long end) throws SQLException {
        var condition = sql("position > {} and position <= {}", SqlFragment.number(after), SqlFragment.number(end));
        try (var statement = questions.prepare(connection, Commits.select(rollup, condition));
                var row = statement.executeQuery()) {
            row.next();
            var ids = row.getString("ids");
            return ids == null
                    ? Optional.empty()
                    : Optional.of(new Commits(
                            ids,
                            row.getLong("first_id"),
                            row.getLong("last_id"),
                            Moments.read(row, "first_time").orElseThrow(),
                            Moments.read(row, "last_time").orElseThrow()));
        }
    }
}
