package dev.tidemark.rollups.rolling;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.rollups.definition.Moments;
import dev.tidemark.rollups.progress.ProgressStore;
import dev.tidemark.rollups.rows.Commits;
import dev.tidemark.rollups.rows.RowStore;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.SqlFragment;
import dev.tidemark.spi.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Takes a rollup from its position to a later one, in a transaction. */
public final class WindowStore {

    private static final int MOST_COMMITS = 10_000;

    private final Statements statements;
    private final ProgressStore progress;
    private final RowStore rows;

    public WindowStore(Statements statements, ProgressStore progress, RowStore rows) {
        this.statements = statements;
        this.progress = progress;
        this.rows = rows;
    }

    /**
     * Takes one step with those of some rollups that are furthest behind.
     *
     * @param most about so many events, but at least one commit
     * @return whether there are more to take
     */
    boolean roll(Connection connection, Project project, Due due, int most) throws SQLException {
        var positions = progress.lock(connection, due.rollups(), due.isAwaited());
        var from = positions.values().stream().min(Long::compare);
        if (from.isEmpty() || from.get() >= due.until()) {
            return false;
        }
        var rollups = due.rollups().stream()
                .filter(rollup -> from.get().equals(positions.get(rollup.name())))
                .toList();
        var to = end(connection, due, from.get(), most);
        var commits = commits(connection, due.collection(), from.get(), to);
        if (commits.isPresent()) {
            rows.merge(connection, project, rollups, commits.get());
        }
        progress.advance(connection, rollups, to);
        return to < due.until();
    }

    /** The commit with which there are enough events of the collection, or the last one that is to be taken. */
    private static long end(Connection connection, Due due, long after, int events) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select max(position)
                from (
                    select
                        position,
                        coalesce(sum(events) filter (where collection = ?) over earlier, 0) as before
                    from (
                        select *
                        from _commit
                        where position > ? and position <= ?
                        order by position
                        limit ?
                    ) as next
                    window earlier as (order by position rows between unbounded preceding and 1 preceding)
                ) as counted
                where before < ?
                """)) {
            statement.setString(1, due.collection());
            statement.setLong(2, after);
            statement.setLong(3, due.until());
            statement.setInt(4, MOST_COMMITS);
            statement.setInt(5, events);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** Those of the collection; empty: all were of others. */
    private Optional<Commits> commits(Connection connection, String collection, long after, long end)
            throws SQLException {
        var condition = sql("position > {} and position <= {}", SqlFragment.number(after), SqlFragment.number(end));
        try (var statement = statements.prepare(connection, Commits.select(collection, condition));
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
