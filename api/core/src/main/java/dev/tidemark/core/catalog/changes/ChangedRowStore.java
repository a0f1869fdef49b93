package dev.tidemark.core.catalog.changes;

import static dev.tidemark.spi.SqlName.quoted;

import dev.tidemark.core.catalog.changes.TypeChangeStore.Row;
import dev.tidemark.core.catalog.changes.TypeChangeStore.Stretch;
import dev.tidemark.core.memory.AnswerMemory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Those rows of commits that have a value in the column of a change or in {@code _extra}. They are read some at a time, as many as
 * fit into memory, and may be written meanwhile.
 */
final class ChangedRowStore implements AutoCloseable {

    /** An event has 256 KB at most; both of what is read of it may be as long. */
    private static final long LARGEST_ROW = 560 << 10;

    private static final int FETCHED = Math.clamp(AnswerMemory.largestResult() / LARGEST_ROW, 1, 1_000);

    /** Of text in memory, about. */
    private static final long MOST_CHARACTERS = 4 << 20;

    private final PreparedStatement statement;
    private final ResultSet rows;

    ChangedRowStore(Connection connection, PropertyChange change, Stretch stretch) throws SQLException {
        preferKeys(connection);
        statement = connection.prepareStatement("""
                select event.id, event.time, event.value, event.extra
                from _commit as range
                cross join lateral (
                    select _id as id, _time::text as time, to_jsonb(%1$s)::text as value, _extra::text as extra
                    from %2$s
                    where _id between range.first_id and range.last_id
                        and _time between range.min_time and range.max_time
                        and (%1$s is not null or _extra is not null)
                    offset 0
                ) event
                where range.position > ? and range.position <= ? and range.collection = ?
                """.formatted(quoted(change.column()), quoted(change.collection())));
        try {
            statement.setLong(1, stretch.after());
            statement.setLong(2, stretch.end());
            statement.setString(3, change.collection());
            statement.setFetchSize(FETCHED);
            rows = statement.executeQuery();
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    /** The next ones; none: there are no more. */
    List<Row> next() throws SQLException {
        List<Row> next = new ArrayList<>();
        var characters = 0L;
        while (characters < MOST_CHARACTERS && rows.next()) {
            var row = new Row(rows.getLong(1), rows.getString(2), rows.getString(3), rows.getString(4));
            next.add(row);
            characters += row.characters();
        }
        return next;
    }

    /** Ranges of ids are narrow and rows are few, which the planner cannot know: it would read whole partitions. */
    private static void preferKeys(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("""
                    select
                        set_config('enable_bitmapscan', 'off', true),
                        set_config('enable_seqscan', 'off', true),
                        set_config('enable_hashjoin', 'off', true),
                        set_config('enable_mergejoin', 'off', true),
                        set_config('jit', 'off', true)
                    """);
        }
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
