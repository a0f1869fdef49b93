package dev.tidemark.core.events.reading;

import dev.tidemark.core.json.JsonText;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Position;
import dev.tidemark.spi.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns a row of a collection back into the event that it was. */
record StoredRow(EventCollection collection) {

    private static final int EXTRA = 8;

    StoredEvent event(ResultSet row) throws SQLException {
        var values = values(row);
        var extra = extra(row);
        var event = new Event(
                collection.label(),
                Optional.of(instant(row, 3)),
                Optional.ofNullable(row.getString(5)),
                Optional.ofNullable(row.getString(6)),
                Optional.ofNullable(row.getString(7)),
                properties(values, extra));
        return new StoredEvent(
                new Position(row.getLong(1), row.getLong(2)), instant(row, 4), event, collection, values, extra);
    }

    private List<@Nullable Object> values(ResultSet row) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(collection.properties().size());
        var index = EXTRA;
        for (var property : collection.properties()) {
            values.add(value(row, ++index, property.type()));
        }
        return Collections.unmodifiableList(values);
    }

    private static Map<String, @Nullable Object> extra(ResultSet row) throws SQLException {
        var json = row.getString(EXTRA);
        Map<String, @Nullable Object> extra = new LinkedHashMap<>();
        if (json != null && JsonText.read(json) instanceof Map<?, ?> values) {
            values.forEach((name, value) -> extra.put(String.valueOf(name), value));
        }
        return Collections.unmodifiableMap(extra);
    }

    private Map<String, @Nullable Object> properties(
            List<@Nullable Object> values, Map<String, @Nullable Object> extra) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            var value = values.get(i);
            if (value != null) {
                properties.put(collection.properties().get(i).label(), value);
            }
        }
        extra.forEach(properties::putIfAbsent);
        return properties;
    }

    private static @Nullable Object value(ResultSet row, int index, ColumnType type) throws SQLException {
        return switch (type) {
            case BOOLEAN -> orNull(row, row.getBoolean(index));
            case LONG -> orNull(row, row.getLong(index));
            case DOUBLE -> orNull(row, row.getDouble(index));
            case NUMERIC -> row.getBigDecimal(index);
            case TEXT -> row.getString(index);
            case TIMESTAMP -> row.getObject(index) == null ? null : instant(row, index);
            case DATE -> row.getObject(index, LocalDate.class);
            case JSON -> json(row, index);
            default -> list(row, index, type);
        };
    }

    private static @Nullable Object orNull(ResultSet row, Object value) throws SQLException {
        return row.wasNull() ? null : value;
    }

    private static @Nullable Object json(ResultSet row, int index) throws SQLException {
        var text = row.getString(index);
        return text == null ? null : JsonText.read(text);
    }

    private static @Nullable List<@Nullable Object> list(ResultSet row, int index, ColumnType type)
            throws SQLException {
        var array = row.getArray(index);
        if (array == null) {
            return null;
        }
        List<@Nullable Object> list = new ArrayList<>();
        for (var element : (Object[]) array.getArray()) {
            list.add(element(element, type));
        }
        return list;
    }

    private static @Nullable Object element(@Nullable Object element, ColumnType type) {
        return switch (element) {
            case java.sql.Timestamp time -> time.toInstant();
            case java.sql.Date date when type == ColumnType.DATE_LIST -> date.toLocalDate();
            case null -> null;
            default -> element;
        };
    }

    private static Instant instant(ResultSet row, int index) throws SQLException {
        return row.getObject(index, OffsetDateTime.class).toInstant();
    }
}
