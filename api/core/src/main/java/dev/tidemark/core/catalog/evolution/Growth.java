package dev.tidemark.core.catalog.evolution;

import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.EventCollection.Property;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is to be changed in one collection, or made with it when it is new. */
public final class Growth {

    private final EventCollection collection;
    private final Optional<Columns> existing;
    private final boolean isOfModule;
    private final Map<String, Property> added = new LinkedHashMap<>();
    private final Map<String, Property> widened = new LinkedHashMap<>();

    /**
     * @param collection without properties when it is new
     * @param isOfModule whether it is a module's table, which is there even when nothing is known of its properties
     */
    public Growth(EventCollection collection, Optional<Columns> existing, boolean isOfModule) {
        this.collection = collection;
        this.existing = existing;
        this.isOfModule = isOfModule;
    }

    EventCollection collection() {
        return collection;
    }

    /** Empty: the collection is new. */
    Optional<Columns> existing() {
        return existing;
    }

    boolean isOfModule() {
        return isOfModule;
    }

    /** The collection as it is to be made. */
    EventCollection created() {
        return new EventCollection(collection.name(), collection.label(), collection.graphqlName(), added());
    }

    List<Property> added() {
        return new ArrayList<>(added.values());
    }

    List<Property> widened() {
        return new ArrayList<>(widened.values());
    }

    boolean isEmpty() {
        return (existing.isPresent() || isOfModule) && added.isEmpty() && widened.isEmpty();
    }

    public int size() {
        return collection.properties().size() + added.size();
    }

    public Optional<Property> property(String column) {
        var known = existing.flatMap(columns -> columns.byName(column));
        return known.isPresent() ? known : Optional.ofNullable(added.get(column));
    }

    public boolean hasGraphqlName(String name) {
        return collection.properties().stream()
                        .anyMatch(property -> property.graphqlName().equals(name))
                || added.values().stream()
                        .anyMatch(property -> property.graphqlName().equals(name));
    }

    public void add(Property property) {
        added.put(property.column(), property);
    }

    void widen(Property property, ColumnType type) {
        (added.containsKey(property.column()) ? added : widened).put(property.column(), property.as(type));
    }
}
