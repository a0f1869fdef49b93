package dev.tidemark.rollups;

import dev.tidemark.spi.Relation.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event as {@link EventRows#events} has it. */
final class EventRow {

    private final Place place;
    private final @Nullable Object[] values;

    private EventRow(Place place, @Nullable Object[] values) {
        this.place = place;
        this.values = values;
    }

    /** @param measured the columns of {@link Rollup#measured} */
    static EventRow read(ResultSet event, List<Column> dimensions, List<Column> measured) throws SQLException {
        return new EventRow(
                new Place(event.getLong(1), ColumnValues.read(event, 2, dimensions)),
                ColumnValues.read(event, 2 + dimensions.size(), measured));
    }

    /** Which row it belongs to. */
    Place place() {
        return place;
    }

    /** That of a column that is measured. */
    @Nullable
    Object value(int column) {
        return values[column];
    }

    /** Tells a row of a rollup from others; looked up for each event. */
    static final class Place {

        private final long second;
        private final @Nullable Object[] dimensions;
        private final int hash;

        /** @param second its time, from 1970 on */
        private Place(long second, @Nullable Object[] dimensions) {
            this.second = second;
            this.dimensions = dimensions;
            this.hash = 31 * Long.hashCode(second) + Arrays.hashCode(dimensions);
        }

        long second() {
            return second;
        }

        List<@Nullable Object> dimensions() {
            return Arrays.asList(dimensions);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place place
                    && hash == place.hash
                    && second == place.second
                    && Arrays.equals(dimensions, place.dimensions);
        }
    }
}
