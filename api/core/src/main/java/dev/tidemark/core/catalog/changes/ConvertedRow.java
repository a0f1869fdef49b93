package dev.tidemark.core.catalog.changes;

import dev.tidemark.core.catalog.changes.TypeChangeStore.Row;
import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.core.catalog.types.Conversion;
import dev.tidemark.core.json.JsonText;
import dev.tidemark.core.json.JsonWriter;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.EventCollection.Property;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of which one column gets another type.
 *
 * @param written as it is to be
 * @param unconverted the value that the new type does not hold, as JSON, which is in {@code _extra} now
 */
record ConvertedRow(Row written, Optional<String> unconverted) {

    /**
     * Converts the column's value; one that cannot be is put into {@code _extra}. Where there is none, one is taken from
     * {@code _extra}, but left there too: the column cannot be seen yet.
     */
    static ConvertedRow of(Row row, Columns columns, Property property, ColumnType type) {
        var extra = extra(row);
        if (row.value() == null) {
            var found = pulled(extra, columns, property, type);
            return new ConvertedRow(written(row, type, found, row.extra()), Optional.empty());
        }
        var value = Optional.ofNullable(Conversion.stored(property.type(), row.value()));
        var converted = value.flatMap(stored -> Conversion.convert(stored, type));
        if (converted.isPresent()) {
            return new ConvertedRow(written(row, type, converted, row.extra()), Optional.empty());
        }
        var name = property.label();
        while (extra.putIfAbsent(name, value.orElse(null)) != null) {
            name += "'";
        }
        return new ConvertedRow(
                written(row, type, Optional.empty(), JsonWriter.write(extra)), Optional.of(row.value()));
    }

    /**
     * Takes out of {@code _extra} what the column holds too. Where it holds nothing, it gets a value from there; empty: neither.
     */
    static Optional<Row> cleaned(Row row, Columns columns, Property property) {
        var extra = extra(row);
        var type = property.type();
        var stored =
                Optional.ofNullable(row.value()).flatMap(value -> Optional.ofNullable(Conversion.stored(type, value)));
        var held = stored.or(() -> pulled(extra, columns, property, type));
        if (held.isEmpty()) {
            return Optional.empty();
        }
        var isHeldTwice = extra.entrySet()
                .removeIf(entry -> means(columns, property, entry.getKey())
                        && entry.getValue() != null
                        && Conversion.convert(entry.getValue(), type)
                                .filter(value -> isSame(type, value, held.get()))
                                .isPresent());
        return isHeldTwice
                ? Optional.of(written(row, type, held, extra.isEmpty() ? null : JsonWriter.write(extra)))
                : Optional.empty();
    }

    private static Optional<Object> pulled(
            Map<String, @Nullable Object> extra, Columns columns, Property property, ColumnType type) {
        return extra.entrySet().stream()
                .filter(entry -> means(columns, property, entry.getKey()))
                .flatMap(entry -> Optional.ofNullable(entry.getValue()).stream())
                .flatMap(value -> Conversion.convert(value, type).stream())
                .findFirst();
    }

    private static boolean means(Columns columns, Property property, String label) {
        return columns.byLabel(label)
                .filter(meant -> meant.column().equals(property.column()))
                .isPresent();
    }

    private static boolean isSame(ColumnType type, Object one, Object other) {
        return Conversion.convert(other, type)
                .filter(value -> comparable(value).equals(comparable(one)))
                .isPresent();
    }

    /** PostgreSQL writes out the zeros that numbers are sent without: {@code 1e19} comes back as 20 digits. */
    private static Object comparable(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case BigDecimal number -> number.stripTrailingZeros();
            case List<?> list -> list.stream().map(ConvertedRow::comparable).toList();
            default -> value;
        };
    }

    private static Row written(Row row, ColumnType type, Optional<Object> value, @Nullable String extra) {
        return new Row(
                row.id(),
                row.time(),
                value.map(converted -> Conversion.written(type, converted)).orElse(null),
                extra);
    }

    private static Map<String, @Nullable Object> extra(Row row) {
        Map<String, @Nullable Object> extra = new LinkedHashMap<>();
        if (row.extra() != null && JsonText.read(row.extra()) instanceof Map<?, ?> values) {
            values.forEach((name, value) -> extra.put(String.valueOf(name), value));
        }
        return extra;
    }
}
