package dev.tidemark.customers.identity;

import dev.tidemark.spi.ArrayParameter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Table {@code _identity}, of ids that are not a person of their own, and whether questions have to look there. */
final class IdentityStore {

    boolean hasBegun(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select exists (select from _identity_begun)");
                var rows = statement.executeQuery()) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    void begin(Connection connection, Instant now) throws SQLException {
        try (var statement = connection.prepareStatement("insert into _identity_begun values (?)")) {
            statement.setObject(1, now.atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }

    /** Who is who stays as it is until the transaction ends. */
    void keep(Connection connection) throws SQLException {
        execute(connection, "lock table _identity in share mode");
    }

    /** Nobody else changes who is who, or writes what is known of people, until the transaction ends. */
    void lock(Connection connection) throws SQLException {
        execute(connection, "lock table _identity in exclusive mode");
    }

    /** Whose ids these are, where they are not a person of their own. */
    Map<String, String> persons(Connection connection, Collection<String> ids) throws SQLException {
        return pairs(connection, "select id, person from _identity where id = any(?)", ids);
    }

    /** The other ids of these people, and whose they are. */
    Map<String, String> ids(Connection connection, Collection<String> persons) throws SQLException {
        return pairs(connection, "select id, person from _identity where person = any(?) order by id", persons);
    }

    /** These ids are those people's now. */
    void write(Connection connection, Map<String, String> persons) throws SQLException {
        try (var deleted = connection.prepareStatement("delete from _identity where id = any(?)");
                var inserted = connection.prepareStatement("""
                        insert into _identity (id, person)
                        select id, person
                        from unnest(?, ?) as fresh (id, person)
                        where id <> person
                        """)) {
            ArrayParameter.set(deleted, 1, "text", persons.keySet());
            deleted.executeUpdate();
            ArrayParameter.set(inserted, 1, "text", persons.keySet());
            ArrayParameter.set(inserted, 2, "text", persons.values());
            inserted.executeUpdate();
        }
    }

    private static Map<String, String> pairs(Connection connection, String sql, Collection<String> names)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            ArrayParameter.set(statement, 1, "text", names);
            var pairs = new LinkedHashMap<String, String>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    pairs.put(rows.getString("id"), rows.getString("person"));
                }
            }
            return pairs;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
