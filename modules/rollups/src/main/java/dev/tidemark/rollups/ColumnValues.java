package dev.tidemark.rollups;

import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Relation.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of a row that was read: each a Boolean, Long, Double, BigDecimal, String, Instant, LocalDate, or null. */
final class ColumnValues {

    private ColumnValues() {}

    /** Those of some columns, of which the first is at a place. */
    static @Nullable Object[] read(ResultSet row, int first, List<Column> columns) throws SQLException {
        var values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = read(row, first + i, columns.get(i).type());
        }
        return values;
    }

    private static @Nullable Object read(ResultSet row, int place, ColumnType type) throws SQLException {
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
