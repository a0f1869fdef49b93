package dev.tidemark.core.catalog;

import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.EventCollection.Property;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A collection whose properties are found in constant time, by any spelling. */
public final class Columns {

    private final int id;
    private final EventCollection collection;
    private final Map<String, Property> byColumn = new HashMap<>();
    private final Spellings<Property> spellings;

    Columns(int id, EventCollection collection) {
        this.id = id;
        this.collection = collection;
        this.spellings = new Spellings<>(label -> Names.column(label).flatMap(this::byColumn));
        collection.properties().forEach(property -> byColumn.put(property.column(), property));
    }

    /** Unique in the project, and part of the names of its partitions. */
    int id() {
        return id;
    }

    public EventCollection collection() {
        return collection;
    }

    boolean isWithin(Columns newer) {
        return byColumn.values().stream()
                .allMatch(property -> newer.byColumn(property.column())
                        .filter(property::equals)
                        .isPresent());
    }

    /** The property that a sender's name means, in any spelling. */
    public Optional<Property> byLabel(String sentName) {
        return spellings.find(sentName);
    }

    public Optional<Property> byColumn(String column) {
        return Optional.ofNullable(byColumn.get(column));
    }
}
