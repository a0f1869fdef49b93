package dev.tidemark.core.catalog.changes;

import dev.tidemark.spi.ArrayParameter;
import dev.tidemark.spi.ColumnType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Table {@code _waiting_property}. */
final class WaitingStore {

    void add(Connection connection, List<WaitingProperty> waiting) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _waiting_property (collection, property, type)
                select *
                from unnest(?, ?, ?)
                order by 1, 2, 3
                on conflict do nothing
                """)) {
            ArrayParameter.set(statement, 1, "text", waiting, WaitingProperty::collection);
            ArrayParameter.set(statement, 2, "text", waiting, WaitingProperty::property);
            ArrayParameter.set(
                    statement, 3, "text", waiting, property -> property.type().name());
            statement.executeUpdate();
        }
    }

    List<WaitingProperty> all(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select collection, property, type
                from _waiting_property
                """);
                var rows = statement.executeQuery()) {
            List<WaitingProperty> all = new ArrayList<>();
            while (rows.next()) {
                all.add(new WaitingProperty(
                        rows.getString(1), rows.getString(2), ColumnType.valueOf(rows.getString(3))));
            }
            return all;
        }
    }

    void remove(Connection connection, WaitingProperty waiting) throws SQLException {
        try (var statement = connection.prepareStatement("""
                delete from _waiting_property
                where collection = ? and property = ? and type = ?
                """)) {
            statement.setString(1, waiting.collection());
            statement.setString(2, waiting.property());
            statement.setString(3, waiting.type().name());
            statement.executeUpdate();
        }
    }
}
