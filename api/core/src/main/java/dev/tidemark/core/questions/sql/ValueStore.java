package dev.tidemark.core.questions.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.SqlFragment.Parameter;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/** PostgreSQL's values as Java's, both ways. */
public final class ValueStore {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private ValueStore() {}

    public static void bind(PreparedStatement statement, int place, Parameter parameter) throws SQLException {
        switch (parameter.value()) {
            case List<?> list ->
                statement.setArray(
                        place, statement.getConnection().createArrayOf(typeName(parameter.type()), list.toArray()));
            case Instant instant -> statement.setObject(place, instant.atOffset(ZoneOffset.UTC));
            case String json when parameter.type() == ColumnType.JSON -> statement.setObject(place, jsonb(json));
            case Object value -> statement.setObject(place, value);
        }
    }

    /** A Boolean, Long, Double, BigDecimal, String, Instant, LocalDate, LocalDateTime, List, parsed JSON, or null. */
    public static @Nullable Object read(ResultSet results, int place, String type) throws SQLException {
        if (type.startsWith("_")) {
            return list(results.getArray(place));
        }
        var value = switch (type) {
            case "bool" -> results.getBoolean(place);
            case "int2", "int4", "int8" -> results.getLong(place);
            case "float4", "float8" -> results.getDouble(place);
            case "numeric" -> results.getBigDecimal(place);
            case "timestamptz" -> instant(results.getObject(place, OffsetDateTime.class));
            case "timestamp" -> results.getObject(place, LocalDateTime.class);
            case "date" -> results.getObject(place, LocalDate.class);
            case "bytea" -> results.getBytes(place);
            case "json", "jsonb" -> parsed(results.getString(place));
            default -> results.getString(place);
        };
        return results.wasNull() ? null : value;
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable List<@Nullable Object> list(@Nullable Array array) throws SQLException {
        if (array == null) {
            return null;
        }
        var values = new ArrayList<@Nullable Object>();
        try (var elements = array.getResultSet()) {
            while (elements.next()) {
                values.add(read(elements, 2, array.getBaseTypeName()));
            }
        }
        return Collections.unmodifiableList(values);
    }

    private static @Nullable Object parsed(@Nullable String json) throws SQLException {
        try {
            return json == null ? null : JSON.readValue(json, Object.class);
        } catch (JsonProcessingException e) {
            throw new SQLException("A stored jsonb cannot be read.", e);
        }
    }

    private static PGobject jsonb(String json) throws SQLException {
        var object = new PGobject();
        object.setType("jsonb");
        object.setValue(json);
        return object;
    }

    private static String typeName(ColumnType type) {
        return switch (type) {
            case BOOLEAN, BOOLEAN_LIST -> "bool";
            case LONG, LONG_LIST -> "int8";
            case DOUBLE, DOUBLE_LIST -> "float8";
            case NUMERIC, NUMERIC_LIST -> "numeric";
            case TEXT, TEXT_LIST -> "text";
            case TIMESTAMP, TIMESTAMP_LIST -> "timestamptz";
            case DATE, DATE_LIST -> "date";
            case JSON -> "jsonb";
        };
    }
}
