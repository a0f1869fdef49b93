package dev.tidemark.core.catalog;

import dev.tidemark.core.postgres.LockClass;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.EventCollection.Property;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows that describe a project's collections: tables {@code _collection} and {@code _property}. */
final class CatalogStore {

    /** Takes the lock under which alone the catalogue is changed; from here on the transaction waits for nothing long. */
    void lock(Connection connection, Project project) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_advisory_xact_lock(?, ?)")) {
            statement.setInt(1, LockClass.CATALOG.number());
            statement.setInt(2, project.id());
            statement.execute();
        }
        try (var statement = connection.createStatement()) {
            statement.execute("set local lock_timeout = '50ms'");
        }
    }

    /** The version is read before what it describes, which therefore is never older than it says. */
    Catalog read(Connection connection, Project project) throws SQLException {
        var version = version(connection, project);
        try (var statement = connection.prepareStatement("""
                select c.id, c.name, c.label, c.graphql_name, p.column_name, p.label, p.graphql_name, p.type
                from _collection c
                left join _property p on p.collection_id = c.id
                order by c.id, p.ordinal
                """);
                var rows = statement.executeQuery()) {
            var collections = new LinkedHashMap<Integer, EventCollection>();
            var properties = new LinkedHashMap<Integer, List<Property>>();
            while (rows.next()) {
                var id = rows.getInt(1);
                collections.putIfAbsent(
                        id, new EventCollection(rows.getString(2), rows.getString(3), rows.getString(4), List.of()));
                addProperty(properties.computeIfAbsent(id, key -> new ArrayList<>()), rows);
            }
            return new Catalog(
                    version,
                    collections.entrySet().stream()
                            .map(entry -> columns(entry.getKey(), entry.getValue(), properties))
                            .toList());
        }
    }

    long version(Connection connection, Project project) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select catalog_version
                from tidemark.project
                where id = ? and deleted_at is null
                """)) {
            statement.setInt(1, project.id());
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new CallerException(
                            ErrorCode.NOT_FOUND, "There is no project " + project.slug() + " any more.");
                }
                return rows.getLong(1);
            }
        }
    }

    /** How much the project may still grow, after what was made since then. */
    Budget budget(Connection connection, CatalogLimits limits, Instant since) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select
                    (select count(*) from _collection where created_at > ?),
                    (select count(*) from _property where created_at > ?)
                """)) {
            statement.setObject(1, since.atOffset(ZoneOffset.UTC));
            statement.setObject(2, since.atOffset(ZoneOffset.UTC));
            try (var rows = statement.executeQuery()) {
                rows.next();
                return new Budget(
                        limits.newCollections() - rows.getInt(1), limits.newColumns() - rows.getInt(2), Set.of());
            }
        }
    }

    /** Its id. */
    int addCollection(Connection connection, EventCollection collection, Instant now) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _collection (id, name, label, graphql_name, created_at)
                select coalesce(max(id), 0) + 1, ?, ?, ?, ?
                from _collection
                returning id
                """)) {
            statement.setString(1, collection.name());
            statement.setString(2, collection.label());
            statement.setString(3, collection.graphqlName());
            statement.setObject(4, now.atOffset(ZoneOffset.UTC));
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    /** @param before how many properties the collection has so far */
    void addProperties(Connection connection, int collection, int before, List<Property> properties, Instant now)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _property (collection_id, column_name, label, graphql_name, type, ordinal, created_at)
                values (?, ?, ?, ?, ?, ?, ?)
                """)) {
            var ordinal = before;
            for (var property : properties) {
                statement.setInt(1, collection);
                statement.setString(2, property.column());
                statement.setString(3, property.label());
                statement.setString(4, property.graphqlName());
                statement.setString(5, property.type().name());
                statement.setInt(6, ++ordinal);
                statement.setObject(7, now.atOffset(ZoneOffset.UTC));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    void changeType(Connection connection, int collection, Property property) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _property
                set type = ?
                where collection_id = ? and column_name = ?
                """)) {
            statement.setString(1, property.type().name());
            statement.setInt(2, collection);
            statement.setString(3, property.column());
            statement.executeUpdate();
        }
    }

    void raiseVersion(Connection connection, Project project) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update tidemark.project
                set catalog_version = catalog_version + 1
                where id = ?
                """)) {
            statement.setInt(1, project.id());
            statement.executeUpdate();
        }
    }

    private static void addProperty(List<Property> properties, ResultSet row) throws SQLException {
        if (row.getString(5) != null) {
            properties.add(new Property(
                    row.getString(5), row.getString(6), row.getString(7), ColumnType.valueOf(row.getString(8))));
        }
    }

    private static Columns columns(int id, EventCollection collection, Map<Integer, List<Property>> all) {
        var properties = all.getOrDefault(id, List.of());
        return new Columns(
                id, new EventCollection(collection.name(), collection.label(), collection.graphqlName(), properties));
    }
}
