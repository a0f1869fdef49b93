package dev.tidemark.core.events.life;

import dev.tidemark.core.catalog.partitions.Period;
import dev.tidemark.core.events.life.TotalStore.Deleted;
import dev.tidemark.spi.SqlName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What has to be known and done before a partition's data is gone. */
final class ExpiryStore {

    /** Those of the listeners that have not passed all events of a partition. */
    List<String> behind(Connection connection, String collection, Period partition, Collection<String> listeners)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                select listener.name
                from unnest(?::text[]) as listener(name)
                left join _position on _position.listener = listener.name
                where (coalesce(_position.commit, 0), coalesce(_position.id, 0)) < (
                    select position, last_id
                    from _commit
                    where collection = ? and min_time < ?
                    order by position desc
                    limit 1
                )
                order by listener.name
                """)) {
            statement.setArray(1, connection.createArrayOf("text", listeners.toArray()));
            statement.setString(2, collection);
            statement.setObject(3, partition.end().atOffset(ZoneOffset.UTC));
            List<String> behind = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    behind.add(rows.getString(1));
                }
            }
            return behind;
        }
    }

    List<Retired> retired(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                        select name, collection, ends_at
                        from _retired
                        order by ends_at
                        """);
                var rows = statement.executeQuery()) {
            List<Retired> retired = new ArrayList<>();
            while (rows.next()) {
                retired.add(new Retired(rows.getString(1), rows.getString(2), rows.getObject(3, OffsetDateTime.class)));
            }
            return retired;
        }
    }

    /** Drops a partition, and tells what was in it; empty: nothing. */
    Optional<Deleted> drop(Connection connection, Retired retired) throws SQLException {
        var table = SqlName.quoted(retired.name());
        var deleted = count(connection, table);
        try (var statement = connection.createStatement()) {
            statement.execute("drop table " + table);
        }
        try (var statement = connection.prepareStatement("""
                delete from _retired
                where name = ?
                """)) {
            statement.setString(1, retired.name());
            statement.executeUpdate();
        }
        return deleted;
    }

    /** Remembers up to which position events are missing now, for those who follow them. */
    void note(Connection connection, Retired retired) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _expired (collection, position, last_id)
                select collection, position, last_id
                from _commit
                where collection = ? and min_time < ?
                order by position desc
                limit 1
                on conflict (collection) do update
                set position = excluded.position, last_id = excluded.last_id
                where _expired.position < excluded.position
                """)) {
            statement.setString(1, retired.collection());
            statement.setObject(2, retired.end());
            statement.executeUpdate();
        }
    }

    /** Forgets the commits of which nothing is left. The last of all stays: positions go on from it. */
    void forgetCommits(Connection connection, Retired retired) throws SQLException {
        try (var statement = connection.prepareStatement("""
                delete from _commit
                where collection = ? and max_time < ? and position < (select max(position) from _commit)
                """)) {
            statement.setString(1, retired.collection());
            statement.setObject(2, retired.end());
            statement.executeUpdate();
        }
    }

    private static Optional<Deleted> count(Connection connection, String table) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*), min(_time), max(_time) from " + table)) {
            rows.next();
            return rows.getLong(1) == 0
                    ? Optional.empty()
                    : Optional.of(new Deleted(
                            rows.getLong(1),
                            rows.getObject(2, OffsetDateTime.class),
                            rows.getObject(3, OffsetDateTime.class)));
        }
    }

    /** A partition that belongs to no table any more. */
    record Retired(String name, String collection, OffsetDateTime end) {}
}
