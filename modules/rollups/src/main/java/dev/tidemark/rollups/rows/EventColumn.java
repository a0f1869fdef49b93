package dev.tidemark.rollups.rows;

import dev.tidemark.rollups.definition.Moments;
import dev.tidemark.rollups.sketches.DistinctSketch;
import dev.tidemark.spi.ColumnType;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one column has of each of the events that are read together. Objects are made only of what is asked for as such. */
sealed interface EventColumn {

    static EventColumn of(ColumnType type, int most) {
        return switch (type) {
            case LONG -> new Numbers(most);
            case TIMESTAMP -> new Times(most);
            case TEXT -> new Texts(most);
            default -> new Values(type, most);
        };
    }

    /** Takes the value of the event at which a cursor stands. */
    void read(ResultSet event, int place, int row) throws SQLException;

    boolean has(int row);

    /** A Boolean, Long, Double, BigDecimal, String, Instant, LocalDate, or null. */
    @Nullable
    Object value(int row);

    /** That of a value that is there, for {@link DistinctSketch}. */
    default long hash(int row) {
        return DistinctSketch.hash(Objects.requireNonNull(value(row)));
    }

    /** Whole numbers. */
    final class Numbers implements EventColumn {

        private final long[] numbers;
        private final boolean[] present;

        private Numbers(int most) {
            this.numbers = new long[most];
            this.present = new boolean[most];
        }

        @Override
        public void read(ResultSet event, int place, int row) throws SQLException {
            numbers[row] = event.getLong(place);
            present[row] = !event.wasNull();
        }

        /** One that is there. */
        long number(int row) {
            return numbers[row];
        }

        @Override
        public boolean has(int row) {
            return present[row];
        }

        @Override
        public @Nullable Object value(int row) {
            return present[row] ? numbers[row] : null;
        }

        @Override
        public long hash(int row) {
            return DistinctSketch.hash(numbers[row]);
        }
    }

    /** Moments. */
    final class Times implements EventColumn {

        private final long[] micros;
        private final boolean[] present;

        private Times(int most) {
            this.micros = new long[most];
            this.present = new boolean[most];
        }

        @Override
        public void read(ResultSet event, int place, int row) throws SQLException {
            micros[row] = Moments.micros(event, place);
            present[row] = !event.wasNull();
        }

        /** Of one that is there: microseconds since 2000. */
        long micros(int row) {
            return micros[row];
        }

        @Override
        public boolean has(int row) {
            return present[row];
        }

        @Override
        public @Nullable Object value(int row) {
            return present[row] ? Moments.of(micros[row]) : null;
        }
    }

    /** Texts in UTF-8. */
    final class Texts implements EventColumn {

        private static final byte[] NONE = {};

        private final byte[][] texts;
        private final boolean[] present;

        private Texts(int most) {
            this.texts = new byte[most][];
            this.present = new boolean[most];
        }

        @Override
        public void read(ResultSet event, int place, int row) throws SQLException {
            texts[row] = Objects.requireNonNullElse(event.getBytes(place), NONE);
            present[row] = !event.wasNull();
        }

        /** One that is there. */
        byte[] text(int row) {
            return texts[row];
        }

        @Override
        public boolean has(int row) {
            return present[row];
        }

        @Override
        public @Nullable Object value(int row) {
            return present[row] ? new String(texts[row], StandardCharsets.UTF_8) : null;
        }

        @Override
        public long hash(int row) {
            return DistinctSketch.hash(texts[row]);
        }
    }

    /** What is seldom grouped by, or counted. */
    final class Values implements EventColumn {

        private final ColumnType type;
        private final @Nullable Object[] values;

        private Values(ColumnType type, int most) {
            this.type = type;
            this.values = new @Nullable Object[most];
        }

        @Override
        public void read(ResultSet event, int place, int row) throws SQLException {
            values[row] = ColumnValues.read(event, place, type);
        }

        @Override
        public boolean has(int row) {
            return values[row] != null;
        }

        @Override
        public @Nullable Object value(int row) {
            return values[row];
        }
    }
}
