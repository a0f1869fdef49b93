package dev.tidemark.core.live;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;

/** Reads what was committed from {@code _commit}. */
final class CommitsStore {

    /** Where nobody has looked yet. */
    Commits begin(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select now(), coalesce(max(position), 0)
                from _commit
                """);
                var rows = statement.executeQuery()) {
            rows.next();
            var last = rows.getLong(2);
            return new Commits(instant(rows.getObject(1, OffsetDateTime.class)), last, last, Map.of());
        }
    }

    /** One statement, which finds one row where nothing was committed. */
    Commits after(Connection connection, Commits before) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select now(), collection, max(position)
                from (values (true)) as always
                left join _commit
                    on position > ?
                group by collection
                """)) {
            statement.setLong(1, before.last());
            return read(statement, before);
        }
    }

    private static Commits read(PreparedStatement statement, Commits before) throws SQLException {
        var now = before.asOf();
        Map<String, Long> committed = new HashMap<>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                now = instant(rows.getObject(1, OffsetDateTime.class));
                var collection = rows.getString(2);
                if (collection != null) {
                    committed.put(collection, rows.getLong(3));
                }
            }
        }
        return before.then(now, committed);
    }

    private static Instant instant(OffsetDateTime time) {
        return time.toInstant();
    }
}
