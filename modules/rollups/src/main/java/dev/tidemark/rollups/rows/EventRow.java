package dev.tidemark.rollups.rows;

import dev.tidemark.spi.ColumnType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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

    /** Which row of a rollup it belongs to. */
    Place place(EventPlaces places) {
        var dimensions = new @Nullable Object[places.dimensions().size()];
        for (int i = 0; i < dimensions.length; i++) {
            dimensions[i] = values[places.dimensions().get(i)];
        }
        return new Place((Long) Objects.requireNonNull(values[places.second()]), dimensions);
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
