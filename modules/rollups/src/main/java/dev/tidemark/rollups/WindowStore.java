package dev.tidemark.rollups;

import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Takes a rollup from its position to a later one, in a transaction. */
final class WindowStore {

    private static final int MOST_COMMITS = 10_000;

    private final Questions questions;
    private final ProgressStore progress;
    private final RowStore rows;

    WindowStore(Questions questions, ProgressStore progress) {
        this.questions = questions;
        this.progress = progress;
        this.rows = new RowStore(questions);
    }

    /**
     * Takes one step.
     *
     * @param most about so many events, but at least one commit
     * @return whether there was one to take; none: the rollup is up to date, or gone
     */
    boolean roll(Connection connection, Project project, Rollup rollup, int most) throws SQLException {
        var from = progress.lock(connection, rollup);
        if (from.isEmpty()) {
            return false;
        }
        var window = window(connection, rollup, from.getAsLong(), most);
        if (window.isEmpty()) {
            return false;
        }
        if (window.get().commits().isPresent()) {
            var sql = new RollupSql(rollup, questions.sqlRelation(project, List.of(rollup.collection())));
            rows.merge(connection, rollup, sql, window.get().commits().get().condition());
        }
        progress.advance(connection, rollup, window.get().end());
        return true;
    }

    /** The next commits: all up to the one with which there are enough events of the collection. */
    private static Optional<Window> window(Connection connection, Rollup rollup, long after, int events)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                select
                    max(position),
                    range_agg(int8range(first_id, last_id, '[]')) filter (where ours),
                    min(first_id) filter (where ours),
                    max(last_id) filter (where ours),
                    min(min_time) filter (where ours),
                    max(max_time) filter (where ours)
                from (
                    select
                        *,
                        collection = ? as ours,
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
            statement.setString(2, rollup.collection());
            statement.setLong(3, after);
            statement.setInt(4, MOST_COMMITS);
            statement.setInt(5, events);
            try (var rows = statement.executeQuery()) {
                rows.next();
                var end = rows.getLong(1);
                return rows.wasNull() ? Optional.empty() : Optional.of(new Window(end, commits(rows)));
            }
        }
    }

    private static Optional<Commits> commits(ResultSet row) throws SQLException {
        var ids = row.getString(2);
        return ids == null
                ? Optional.empty()
                : Optional.of(new Commits(
                        ids,
                        row.getLong(3),
                        row.getLong(4),
                        row.getObject(5, OffsetDateTime.class).toInstant(),
                        row.getObject(6, OffsetDateTime.class).toInstant()));
    }

    /** @param commits those of the collection; empty: all were of others */
    private record Window(long end, Optional<Commits> commits) {}
}
