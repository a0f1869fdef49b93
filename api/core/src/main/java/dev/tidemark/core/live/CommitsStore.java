package dev.tidemark.core.live;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads what was committed from {@code _commit}, what was deleted from {@code _total}, what has moved out of {@code _extra} or there from
 * {@code _property_change}, and {@code _people_change}.
 */
final class CommitsStore {

    /** What was committed after {@link Commits#last}, in one statement. */
    Commits after(Connection connection, Commits before) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select
                    now(),
                    (select coalesce(max(position), 0) from _commit),
                    news.source,
                    max(news.position),
                    sum(news.changes)
                from (values (true)) as always
                left join (
                    select collection as source, position, null as changes
                    from _commit
                    where position > ?
                    union all
                    select collection, null, deleted
                    from _total
                    where deleted > 0
                    union all
                    select collection, null, count(swapped_at) + count(finished_at)
                    from _property_change
                    where type is not null
                    group by collection
                    union all
                    select ?, null, sum(changes)
                    from _people_change
                    having sum(changes) > 0
                ) as news
                    on true
                group by news.source
                """)) {
            statement.setLong(1, before.last());
            statement.setString(2, Commits.PEOPLE);
            return read(statement, before);
        }
    }

    private static Commits read(PreparedStatement statement, Commits before) throws SQLException {
        var now = before.asOf();
        var last = before.last();
        Map<String, Long> committed = new HashMap<>();
        Map<String, Long> changes = new HashMap<>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                now = rows.getObject(1, OffsetDateTime.class).toInstant();
                last = rows.getLong(2);
                var source = rows.getString(3);
                var position = rows.getLong(4);
                if (position > 0) {
                    committed.put(source, position);
                }
                var changed = rows.getLong(5);
                if (changed > 0) {
                    changes.put(source, changed);
                }
            }
        }
        return before.then(now, last, committed, changes);
    }
}
