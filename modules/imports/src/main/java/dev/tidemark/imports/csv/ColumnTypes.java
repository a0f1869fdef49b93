package dev.tidemark.imports.csv;

import dev.tidemark.imports.requests.Mapping;
import dev.tidemark.imports.values.KnownTypes;
import dev.tidemark.imports.values.ValueReader;
import dev.tidemark.spi.ColumnType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the columns of a CSV file are read.
 *
 * @param read their types; empty: none, so that each value tells for itself
 * @param made those of properties whose first values may look like another type
 */
public record ColumnTypes(List<Optional<ColumnType>> read, Map<String, ColumnType> made) {

    /** The types are as the collection has them, else as they are asked for, else as they fit all values of the sample. */
    public static ColumnTypes of(
            Header header, List<Row> sample, Mapping mapping, KnownTypes known, ValueReader values) {
        List<Optional<ColumnType>> read = new ArrayList<>();
        Map<String, ColumnType> made = new LinkedHashMap<>(mapping.properties());
        for (int i = 0; i < header.names().size(); i++) {
            var name = header.names().get(i);
            var property = header.properties().get(i);
            var given = known.of(property)
                    .or(() -> Optional.ofNullable(mapping.types().get(name)))
                    .or(() -> name.equals(Header.EXTRA) ? Optional.of(ColumnType.JSON) : Optional.empty());
            if (given.isPresent()) {
                read.add(given);
                continue;
            }
            var seen = seen(i, sample, values);
            var common = seen.stream().reduce(ColumnTypes::common);
            read.add(common);
            if (header.isProperty(i) && isTextWithTimes(common, seen)) {
                made.put(property, ColumnType.TEXT);
            }
        }
        return new ColumnTypes(read, made);
    }

    private static Set<ColumnType> seen(int column, List<Row> sample, ValueReader values) {
        Set<ColumnType> seen = EnumSet.noneOf(ColumnType.class);
        for (var row : sample) {
            if (column < row.fields().size() && !row.fields().get(column).isEmpty()) {
                seen.add(values.type(row.fields().get(column)));
            }
        }
        return seen;
    }

    private static ColumnType common(ColumnType one, ColumnType other) {
        return one.isNumber() && other.isNumber() ? ColumnType.DOUBLE : ColumnType.TEXT;
    }

    /** Text that is a time makes a column of times, where it comes first. */
    private static boolean isTextWithTimes(Optional<ColumnType> common, Set<ColumnType> seen) {
        return common.filter(type -> type == ColumnType.TEXT).isPresent()
                && seen.stream().anyMatch(ColumnType::isTime);
    }
}
