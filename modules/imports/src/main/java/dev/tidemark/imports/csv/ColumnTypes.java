package dev.tidemark.imports.csv;

import dev.tidemark.imports.requests.Mapping;
import dev.tidemark.imports.values.KnownTypes;
import dev.tidemark.imports.values.ValueReader;
import dev.tidemark.spi.ColumnType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** How the columns of a CSV file are read: as the collection of a row has them, else as the file. */
public final class ColumnTypes {

    /** Of which a file may name any number. */
    private static final int MOST_COLLECTIONS = 1_000;

    private final Header header;
    private final KnownTypes known;
    private final List<Optional<ColumnType>> ofFile = new ArrayList<>();
    private final Map<String, ColumnType> made;
    private final Map<String, List<Optional<ColumnType>>> byCollection = new HashMap<>();

    /** The types of the file are those that are asked for, else those that fit all values of the sample. */
    public ColumnTypes(Header header, List<Row> sample, Mapping mapping, KnownTypes known, ValueReader values) {
        this.header = header;
        this.known = known;
        this.made = new LinkedHashMap<>(mapping.properties());
        for (int i = 0; i < header.names().size(); i++) {
            var name = header.names().get(i);
            var property = header.properties().get(i);
            var given = Optional.ofNullable(mapping.types().get(name))
                    .or(() -> name.equals(Header.EXTRA) ? Optional.of(ColumnType.JSON) : Optional.empty())
                    .or(() -> mapping.destination().collection().flatMap(one -> known.of(one, property)));
            if (given.isPresent()) {
                ofFile.add(given);
                continue;
            }
            var seen = seen(i, sample, values);
            var common = seen.stream().reduce(ColumnTypes::common);
            ofFile.add(common);
            if (header.isProperty(i) && isTextWithTimes(common, seen)) {
                made.put(property, ColumnType.TEXT);
            }
        }
    }

    /** Those of properties whose first values may look like another type. */
    public Map<String, ColumnType> made() {
        return made;
    }

    /** Those of the columns in rows of a collection; empty: none, so that each value tells for itself. */
    List<Optional<ColumnType>> of(String collection) {
        var types = byCollection.get(collection);
        if (types != null) {
            return types;
        }
        var found = IntStream.range(0, ofFile.size())
                .mapToObj(i -> known.of(collection, header.properties().get(i)).or(() -> ofFile.get(i)))
                .toList();
        if (byCollection.size() < MOST_COLLECTIONS) {
            byCollection.put(collection, found);
        }
        return found;
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
