package dev.tidemark.core.live;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;

/** Reads what was committed from {@code _commit}, and what was deleted from {@code _total}. */
final class CommitsStore {

    /** What was committed after {@link Commits#last}, in one statement. */
    Commits after(Connection connection, Commits before) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select
                    now(),
                    (select coalesce(max(position), 0) from _commit),
                    news.collection,
                    max(news.position),
                    max(news.deleted)
                from (values (true)) as always
                left join (
                    select collection, position, null as deleted
                    from _commit
                    where position > ?
                    union all
                    select collection, null, deleted
                    from _total
                    where deleted > 0
                ) as news
                    on true
                group by news.collection
                """)) {
            statement.setLong(1, before.last());
            return read(statement, before);
        }
    }

    private static Commits read(PreparedStatement statement, Commits before) throws SQLException {
        var now = before.asOf();
        var last = before.last();
        Map<String, Long> committed = new HashMap<>();
        Map<String, Long> deleted = new HashMap<>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                now = rows.getObject(1, OffsetDateTime.class).toInstant();
                last = rows.getLong(2);
                var collection = rows.getString(3);
                var position = rows.getLong(4);
                if (position > 0) {
                    committed.put(collection, position);
                }
                var gone = rows.getLong(5);
                if (gone > 0) {
                    deleted.put(collection, gone);
                }
            }
        }
        return before.then(now, last, committed, deleted);
    }
}
