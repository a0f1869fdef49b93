package dev.tidemark.core.events.planning;

import dev.tidemark.core.catalog.types.Types;
import dev.tidemark.spi.ColumnType;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collections and columns that events need and the snapshot has not. */
final class Wanted {

    private final Map<String, Map<String, ColumnType>> byCollection = new LinkedHashMap<>();

    boolean isEmpty() {
        return byCollection.isEmpty();
    }

    Map<String, Map<String, ColumnType>> byCollection() {
        return byCollection;
    }

    Map<String, ColumnType> collection(String label) {
        return byCollection.computeIfAbsent(label, name -> new LinkedHashMap<>());
    }

    /** The first value decides, except that whole numbers give way to fractions. */
    void column(String collection, String label, ColumnType type) {
        collection(collection).merge(label, type, Types::wider);
    }
}
