package dev.tidemark.imports;

import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.EventCollection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** Decides how each column of a file is read. */
final class ColumnTypes {

    private ColumnTypes() {}

    /**
     * The types of the columns: as the collection has them, else as they fit all values of the sample; empty: there is
     * neither, so that each value tells for itself.
     */
    static List<Optional<ColumnType>> of(
            Header header, List<Row> sample, Optional<EventCollection> collection, ValueReader values) {
        return IntStream.range(0, header.names().size())
                .mapToObj(i -> collection
                        .flatMap(known -> known.property(header.names().get(i)))
                        .map(EventCollection.Property::type)
                        .or(() -> common(i, sample, values)))
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
        if (Objects.equals(one, other)) {
            return one;
        }
        return one.isNumber() && other.isNumber() ? ColumnType.DOUBLE : ColumnType.TEXT;
    }
}
