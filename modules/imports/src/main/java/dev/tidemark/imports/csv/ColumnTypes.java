package dev.tidemark.imports.csv;

import dev.tidemark.imports.requests.Mapping;
import dev.tidemark.imports.values.KnownTypes;
import dev.tidemark.imports.values.ValueReader;
import dev.tidemark.spi.ColumnType;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Decides how each column of a CSV file is read. */
public final class ColumnTypes {

    private ColumnTypes() {}

    /**
     * The types of the columns: as the collection has them, else as they are asked for, else as they fit all values of the
     * sample; empty: none of these, so that each value tells for itself.
     */
    public static List<Optional<ColumnType>> of(
            Header header, List<Row> sample, Mapping mapping, KnownTypes known, ValueReader values) {
        return IntStream.range(0, header.names().size())
                .mapToObj(i -> known.of(header.properties().get(i))
                        .or(() -> Optional.ofNullable(
                                mapping.types().get(header.names().get(i))))
                        .or(() -> header.names().get(i).equals(Header.EXTRA)
                                ? Optional.of(ColumnType.JSON)
                                : common(i, sample, values)))
                .toList();
    }

    private static Optional<ColumnType> common(int column, List<Row> sample, ValueReader values) {
        return sample.stream()
                .map(row -> column < row.fields().size() ? row.fields().get(column) : "")
                .filter(text -> !text.isEmpty())
                .map(values::type)
                .distinct()
                .reduce(ColumnTypes::common);
    }

    private static ColumnType common(ColumnType one, ColumnType other) {
        if (one == other) {
            return one;
        }
        return one.isNumber() && other.isNumber() ? ColumnType.DOUBLE : ColumnType.TEXT;
    }
}
