package dev.tidemark.rollups.rows;

import dev.tidemark.spi.ColumnType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event as {@link EventColumns} has it. */
final class EventRow {

    private final @Nullable Object[] values;

    private EventRow(@Nullable Object[] values) {
        this.values = values;
    }

    static EventRow read(ResultSet event, List<ColumnType> types) throws SQLException {
        return new EventRow(ColumnValues.read(event, types));
    }

    @Nullable
    Object value(int place) {
        return values[place];
    }

    /** Whether it counts for a rollup. */
    boolean passes(EventPlaces places) {
        return places.passing().isEmpty()
                || Boolean.TRUE.equals(values[places.passing().getAsInt()]);
    }
}
