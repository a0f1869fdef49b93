package dev.tidemark.core.catalog.snapshot;

import dev.tidemark.core.catalog.names.Names;
import dev.tidemark.core.catalog.names.Spellings;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Refusal;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A project's collections and their columns at one version: immutable, and fit for the path of every event. */
public final class Catalog {

    private final long version;
    private final Map<String, Columns> byTable;
    private final Map<String, Columns> ofModules;
    private final Map<Asked, Refusal> refused;
    private final Spellings<Columns> spellings;

    Catalog(long version, Collection<Columns> collections) {
        this(version, byTable(collections, false), byTable(collections, true), Map.of());
    }

    private Catalog(
            long version, Map<String, Columns> byTable, Map<String, Columns> ofModules, Map<Asked, Refusal> refused) {
        this.version = version;
        this.byTable = byTable;
        this.ofModules = ofModules;
        this.refused = refused;
        this.spellings = new Spellings<>(label -> Names.table(label).flatMap(this::byTable));
    }

    /** Grows with every change of the project's collections. */
    public long version() {
        return version;
    }

    /** In the order of their creation. */
    public List<EventCollection> collections() {
        return byTable.values().stream().map(Columns::collection).toList();
    }

    /** The same with their columns. */
    public List<Columns> all() {
        return List.copyOf(byTable.values());
    }

    /** How many properties all collections have together. */
    public int properties() {
        return byTable.values().stream()
                .mapToInt(columns -> columns.collection().properties().size())
                .sum();
    }

    /** The collection that a sender's name means, in any spelling. */
    public Optional<EventCollection> byLabel(String sentName) {
        return columns(sentName).map(Columns::collection);
    }

    /** The columns of the collection that a sender's name means, in any spelling. */
    public Optional<Columns> columns(String sentName) {
        return spellings.find(sentName);
    }

    public Optional<Columns> byTable(String table) {
        return Optional.ofNullable(byTable.get(table));
    }

    /** A module's table; empty while it has no properties. No collection has its name. */
    public Optional<Columns> ofModule(String table) {
        return Optional.ofNullable(ofModules.get(table));
    }

    /** Why {@code Catalogs.evolve}, which gave this snapshot, did not make the collection of that label. */
    public Optional<Refusal> refused(String collection) {
        return Optional.ofNullable(refused.get(new Asked(collection, Optional.empty())));
    }

    /** Why {@code Catalogs.evolve}, which gave this snapshot, did not make or widen the column of these labels. */
    public Optional<Refusal> refused(String collection, String property) {
        return Optional.ofNullable(refused.get(new Asked(collection, Optional.of(property))));
    }

    /** Whether the newer one has all that is here, with the same types. */
    public boolean isWithin(Catalog newer) {
        return byTable.entrySet().stream()
                .allMatch(entry -> newer.byTable(entry.getKey())
                        .filter(columns -> entry.getValue().isWithin(columns))
                        .isPresent());
    }

    public Catalog refusing(Map<Asked, Refusal> refusals) {
        return refusals.isEmpty() ? this : new Catalog(version, byTable, ofModules, new HashMap<>(refusals));
    }

    private static Map<String, Columns> byTable(Collection<Columns> all, boolean ofModules) {
        var byTable = new LinkedHashMap<String, Columns>();
        all.stream()
                .filter(columns -> columns.isOfModule() == ofModules)
                .forEach(columns -> byTable.put(columns.name(), columns));
        return byTable;
    }

    /** What someone asked for, by labels; without a property, the collection itself. */
    public record Asked(String collection, Optional<String> property) {}
}
