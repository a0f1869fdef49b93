package dev.tidemark.rollups.rows;

import dev.tidemark.spi.ColumnType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of a row that was read: each a Boolean, Long, Double, BigDecimal, String, Instant, LocalDate, or null. */
final class ColumnValues {

    private ColumnValues() {}

    /** Those of the first columns, which have these types. */
    static @Nullable Object[] read(ResultSet row, List<ColumnType> types) throws SQLException {
        var values = new @Nullable Object[types.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = read(row, 1 + i, types.get(i));
        }
        return values;
    }

    /** One of them. */
    static @Nullable Object read(ResultSet row, int place, ColumnType type) throws SQLException {
        return switch (type) {
            case BOOLEAN -> orNull(row, row.getBoolean(place));
            case LONG -> orNull(row, row.getLong(place));
            case DOUBLE -> orNull(row, row.getDouble(place));
            case NUMERIC -> row.getBigDecimal(place);
            case TIMESTAMP -> {
                var time = row.getObject(place, OffsetDateTime.class);
                yield time == null ? null : time.toInstant();
            }
            case DATE -> row.getObject(place, LocalDate.class);
            default -> row.getString(place);
        };
    }

    private static @Nullable Object orNull(ResultSet row, Object value) throws SQLException {
        return row.wasNull() ? null : value;
    }
}
