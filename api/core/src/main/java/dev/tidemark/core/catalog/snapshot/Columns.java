package dev.tidemark.core.catalog.snapshot;

import dev.tidemark.core.catalog.names.Names;
import dev.tidemark.core.catalog.names.Spellings;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.EventCollection.Property;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A collection whose properties are found in constant time, by any spelling, and how it takes and keeps its events. */
public final class Columns {

    private final int id;
    private final EventCollection collection;
    private final Terms terms;
    private final boolean isOfModule;
    private final Map<String, Property> byColumn = new HashMap<>();
    private final Map<String, Property> renamed = new HashMap<>();
    private final Spellings<Property> spellings;

    Columns(int id, EventCollection collection, Terms terms, boolean isOfModule) {
        this.id = id;
        this.collection = collection;
        this.terms = terms;
        this.isOfModule = isOfModule;
        this.spellings = new Spellings<>(label -> Names.column(label).flatMap(this::byName));
        for (var property : collection.properties()) {
            byColumn.put(property.column(), property);
            Names.column(property.label())
                    .filter(name -> !name.equals(property.column()))
                    .ifPresent(name -> renamed.put(name, property));
        }
    }

    /** Unique in the project, and part of the names of its partitions. */
    public int id() {
        return id;
    }

    /** Whether it is a module's table, which has properties and no events. */
    boolean isOfModule() {
        return isOfModule;
    }

    /** Its table. */
    public String name() {
        return collection.name();
    }

    public String label() {
        return collection.label();
    }

    public String graphqlName() {
        return collection.graphqlName();
    }

    public EventCollection collection() {
        return collection;
    }

    public Terms terms() {
        return terms;
    }

    /** Whether events that were made to fit this fit the newer one too. */
    boolean isWithin(Columns newer) {
        return terms.isStrict() == newer.terms.isStrict()
                && byColumn.values().stream()
                        .allMatch(property -> newer.byColumn(property.column())
                                .filter(other -> takesTheSame(property, other))
                                .isPresent());
    }

    /** The property that a sender's name means, in any spelling of its first name or of the one it has now. */
    public Optional<Property> byLabel(String sentName) {
        return spellings.find(sentName);
    }

    public Optional<Property> byColumn(String column) {
        return Optional.ofNullable(byColumn.get(column));
    }

    /** By the name that a label gives: that of its column, or that of a property which was renamed to it. */
    public Optional<Property> byName(String derived) {
        return byColumn(derived).or(() -> Optional.ofNullable(renamed.get(derived)));
    }

    public Columns with(EventCollection otherCollection, Terms otherTerms) {
        return new Columns(id, otherCollection, otherTerms, isOfModule);
    }

    private static boolean takesTheSame(Property one, Property other) {
        var before = one.declaration();
        var after = other.declaration();
        return one.type() == other.type()
                && before.isDeclared() == after.isDeclared()
                && before.isRequired() == after.isRequired()
                && before.values().equals(after.values())
                && before.isIndexed() == after.isIndexed();
    }
}
