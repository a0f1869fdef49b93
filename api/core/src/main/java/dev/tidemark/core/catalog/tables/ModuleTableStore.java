package dev.tidemark.core.catalog.tables;

import static dev.tidemark.spi.SqlName.quoted;

import dev.tidemark.core.catalog.types.Conversion;
import dev.tidemark.core.json.JsonText;
import dev.tidemark.spi.EventCollection.Property;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The rows of a module's table. They travel as JSON, which PostgreSQL makes of rows, and rows of it. */
final class ModuleTableStore {

    private final String table;
    private final String key;

    ModuleTableStore(String table, String key) {
        this.table = quoted(table);
        this.key = quoted(key);
    }

    Map<String, Map<String, Object>> lock(Connection connection, List<Property> properties, List<String> keys)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                select %1$s, to_jsonb(kept)::text
                from %2$s as kept
                where %1$s = any(?)
                order by %1$s
                for update
                """.formatted(key, table))) {
            statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
            try (var rows = statement.executeQuery()) {
                var locked = new LinkedHashMap<String, Map<String, Object>>();
                while (rows.next()) {
                    locked.put(rows.getString(1), values(properties, rows.getString(2)));
                }
                return locked;
            }
        }
    }

    long bytes(Connection connection, List<String> keys) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select coalesce(sum(octet_length(to_jsonb(kept)::text)), 0)
                from %s as kept
                where %s = any(?)
                """.formatted(table, key))) {
            statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** How many rows were there to be written. */
    int write(Connection connection, Map<String, ModuleRow> changed) throws SQLException {
        var columns = changed.values().stream()
                .flatMap(row -> row.columns().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        try (var statement = connection.prepareStatement("""
                update %1$s as kept
                set (%3$s_extra) = (
                    select %3$snullif(
                        (coalesce(kept._extra, '{}') - array(select jsonb_array_elements_text(written -> 2)))
                            || (written -> 1),
                        '{}'
                    )
                    from (select changed.written::jsonb) as change(written),
                        jsonb_populate_record(kept, written -> 0) as filled
                )
                from unnest(?, ?) as changed(key, written)
                where kept.%2$s = changed.key
                """.formatted(table, key, names(columns)))) {
            statement.setArray(
                    1, connection.createArrayOf("text", changed.keySet().toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text",
                            changed.values().stream().map(ModuleRow::json).toArray()));
            return statement.executeUpdate();
        }
    }

    /** How many rows were missing. */
    int make(Connection connection, List<String> keys) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into %s (%s)
                select unnest(?)
                on conflict do nothing
                """.formatted(table, key))) {
            statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
            return statement.executeUpdate();
        }
    }

    int delete(Connection connection, List<String> keys) throws SQLException {
        try (var statement = connection.prepareStatement("delete from %s where %s = any(?)".formatted(table, key))) {
            statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
            return statement.executeUpdate();
        }
    }

    private static Map<String, Object> values(List<Property> properties, String json) {
        var values = new LinkedHashMap<String, Object>();
        if (JsonText.read(json) instanceof Map<?, ?> row) {
            for (var property : properties) {
                var value = Conversion.stored(property.type(), row.get(property.column()));
                if (value != null) {
                    values.put(property.label(), value);
                }
            }
            if (row.get("_extra") instanceof Map<?, ?> extra) {
                extra.forEach((label, value) -> values.putIfAbsent(label.toString(), value));
            }
        }
        return values;
    }

    private static String names(Collection<String> columns) {
        return columns.stream().map(column -> quoted(column) + ", ").collect(Collectors.joining());
    }
}
