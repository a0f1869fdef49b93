package dev.tidemark.rollups.rows;

import dev.tidemark.spi.ColumnType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Events that are read together, by columns as {@link EventColumns} has them: an object for each value would take longer to make. */
record EventBatch(List<EventColumn> columns, int size) {

    /** The next ones of a cursor; empty: there are no more. */
    static Optional<EventBatch> read(ResultSet events, List<ColumnType> types, int most) throws SQLException {
        var columns = types.stream().map(type -> EventColumn.of(type, most)).toList();
        int size = 0;
        while (size < most && events.next()) {
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).read(events, 1 + i, size);
            }
            size++;
        }
        return size == 0 ? Optional.empty() : Optional.of(new EventBatch(columns, size));
    }

    EventColumn column(int place) {
        return columns.get(place);
    }
}
