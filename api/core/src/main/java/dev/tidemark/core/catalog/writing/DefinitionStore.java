package dev.tidemark.core.catalog.writing;

import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.EventCollection.Property;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Writes what describes collections: tables {@code _collection} and {@code _property}. */
public final class DefinitionStore {

    /** Its id. */
    public int add(Connection connection, EventCollection collection, boolean isOfModule, Instant now)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _collection (id, name, label, graphql_name, of_module, created_at)
                select coalesce(max(id), 0) + 1, ?, ?, ?, ?, ?
                from _collection
                returning id
                """)) {
            statement.setString(1, collection.name());
            statement.setString(2, collection.label());
            statement.setString(3, collection.graphqlName());
            statement.setBoolean(4, isOfModule);
            statement.setObject(5, now.atOffset(ZoneOffset.UTC));
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    /** @param before how many properties the collection has so far */
    public void addProperties(Connection connection, int collection, int before, List<Property> properties, Instant now)
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

    /** How the collection is described, and how it takes and keeps its events. */
    public void describe(Connection connection, Columns collection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _collection
                set description = ?, strict = ?, partitions = ?, keep_seconds = ?
                where id = ?
                """)) {
            var terms = collection.terms();
            statement.setString(1, collection.collection().description().orElse(null));
            statement.setBoolean(2, terms.isStrict());
            statement.setString(3, terms.partitions().name());
            statement.setObject(
                    4, terms.keep().map(keep -> (Object) keep.toSeconds()).orElse(null), Types.BIGINT);
            statement.setInt(5, collection.id());
            statement.executeUpdate();
        }
    }

    /** The property's label, type and declaration, whether it is indexed excepted. */
    public void describe(Connection connection, int collection, Property property) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _property
                set
                    label = ?,
                    type = ?,
                    declared = ?,
                    description = ?,
                    deprecation = ?,
                    required = ?,
                    allowed = ?
                where collection_id = ? and column_name = ?
                """)) {
            var declaration = property.declaration();
            statement.setString(1, property.label());
            statement.setString(2, property.type().name());
            statement.setBoolean(3, declaration.isDeclared());
            statement.setString(4, declaration.description().orElse(null));
            statement.setString(5, declaration.deprecation().orElse(null));
            statement.setBoolean(6, declaration.isRequired());
            setTexts(statement, 7, declaration.values());
            statement.setInt(8, collection);
            statement.setString(9, property.column());
            statement.executeUpdate();
        }
    }

    private static void setTexts(PreparedStatement statement, int index, List<String> texts) throws SQLException {
        if (texts.isEmpty()) {
            statement.setNull(index, Types.ARRAY);
        } else {
            statement.setArray(index, statement.getConnection().createArrayOf("text", texts.toArray()));
        }
    }
}
