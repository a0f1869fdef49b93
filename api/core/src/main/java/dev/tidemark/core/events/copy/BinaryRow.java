package dev.tidemark.core.events.copy;

import dev.tidemark.core.json.JsonWriter;
import dev.tidemark.spi.ColumnType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Fields of a row in the format of PostgreSQL's binary COPY: a length, then the value as its type sends it. */
public final class BinaryRow {

    private static final long MICROS = 1_000_000;
    private static final int NULL = -1;
    private static final int JSONB_VERSION = 1;
    private static final long EPOCH_SECONDS =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    private static final long EPOCH_DAYS = LocalDate.of(2000, 1, 1).toEpochDay();

    private BinaryRow() {}

    public static void putNull(BinaryBuffer out) {
        out.putInt(NULL);
    }

    public static void putLong(BinaryBuffer out, long value) {
        out.putInt(Long.BYTES);
        out.putLong(value);
    }

    public static void putText(BinaryBuffer out, String value) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        out.putInt(bytes.length);
        out.putBytes(bytes);
    }

    public static void putJson(BinaryBuffer out, Object value) {
        var bytes = JsonWriter.write(value).getBytes(StandardCharsets.UTF_8);
        out.putInt(bytes.length + 1);
        out.putByte(JSONB_VERSION);
        out.putBytes(bytes);
    }

    /** Microseconds since 2000. */
    public static long micros(Instant time) {
        return (time.getEpochSecond() - EPOCH_SECONDS) * MICROS + time.getNano() / 1_000;
    }

    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                EPOCH_SECONDS + Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000);
    }

    /** @param value as {@link dev.tidemark.core.catalog.types.Fit.Fits} has it */
    public static void put(BinaryBuffer out, ColumnType type, Object value) {
        switch (type) {
            case BOOLEAN -> {
                out.putInt(1);
                out.putByte((Boolean) value ? 1 : 0);
            }
            case LONG -> putLong(out, (Long) value);
            case DOUBLE -> putLong(out, Double.doubleToRawLongBits((Double) value));
            case NUMERIC -> BinaryNumeric.put(out, (BigDecimal) value);
            case TEXT -> putText(out, (String) value);
            case TIMESTAMP -> putLong(out, micros((Instant) value));
            case DATE -> {
                out.putInt(Integer.BYTES);
                out.putInt(Math.toIntExact(((LocalDate) value).toEpochDay() - EPOCH_DAYS));
            }
            case JSON -> putJson(out, value);
            case BOOLEAN_LIST -> putList(out, ColumnType.BOOLEAN, 16, (List<?>) value);
            case LONG_LIST -> putList(out, ColumnType.LONG, 20, (List<?>) value);
            case DOUBLE_LIST -> putList(out, ColumnType.DOUBLE, 701, (List<?>) value);
            case NUMERIC_LIST -> putList(out, ColumnType.NUMERIC, 1700, (List<?>) value);
            case TEXT_LIST -> putList(out, ColumnType.TEXT, 25, (List<?>) value);
            case TIMESTAMP_LIST -> putList(out, ColumnType.TIMESTAMP, 1184, (List<?>) value);
            case DATE_LIST -> putList(out, ColumnType.DATE, 1082, (List<?>) value);
        }
    }

    /** A value for a column of the type that goes with its class. */
    public static void put(BinaryBuffer out, Object value) {
        switch (value) {
            case Boolean truth -> put(out, ColumnType.BOOLEAN, truth);
            case Long number -> putLong(out, number);
            case Double number -> put(out, ColumnType.DOUBLE, number);
            case BigDecimal number -> BinaryNumeric.put(out, number);
            case String text -> putText(out, text);
            case Instant time -> putLong(out, micros(time));
            case LocalDate date -> put(out, ColumnType.DATE, date);
            case Map<?, ?> json -> putJson(out, json);
            case byte[] bytes -> {
                out.putInt(bytes.length);
                out.putBytes(bytes);
            }
            case UUID id -> {
                out.putInt(2 * Long.BYTES);
                out.putLong(id.getMostSignificantBits());
                out.putLong(id.getLeastSignificantBits());
            }
            default -> throw new IllegalArgumentException("No column takes a " + value.getClass());
        }
    }

    private static void putList(BinaryBuffer out, ColumnType element, int elementOid, List<?> values) {
        var start = out.size();
        out.putInt(0);
        out.putInt(values.isEmpty() ? 0 : 1);
        out.putInt(values.contains(null) ? 1 : 0);
        out.putInt(elementOid);
        if (!values.isEmpty()) {
            out.putInt(values.size());
            out.putInt(1);
        }
        for (var value : values) {
            if (value == null) {
                putNull(out);
            } else {
                put(out, element, value);
            }
        }
        out.setInt(start, out.size() - start - Integer.BYTES);
    }
}
