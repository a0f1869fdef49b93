package dev.tidemark.core.catalog.evolution;

import dev.tidemark.core.catalog.names.Names;
import dev.tidemark.core.catalog.snapshot.Budget;
import dev.tidemark.core.catalog.snapshot.Budget.FixedColumn;
import dev.tidemark.core.catalog.snapshot.Catalog;
import dev.tidemark.core.catalog.snapshot.Catalog.Asked;
import dev.tidemark.core.catalog.snapshot.CatalogLimits;
import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.EventCollection.Property;
import dev.tidemark.spi.Refusal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is missing in a catalogue, and what of it may be made. */
public final class EvolutionPlan {

    private final Catalog catalog;
    private final Set<String> reserved;
    private final CatalogLimits limits;
    private final Budget budget;
    private final Map<String, Growth> growths = new LinkedHashMap<>();
    private final Map<Asked, Refusal> refused = new HashMap<>();
    private int collectionsLeft;
    private int columnsLeft;
    private int collectionsInAll;
    private int columnsInAll;

    private EvolutionPlan(Catalog catalog, Set<String> reserved, CatalogLimits limits, Budget budget) {
        this.catalog = catalog;
        this.reserved = reserved;
        this.limits = limits;
        this.budget = budget;
        this.collectionsLeft = budget.collections();
        this.columnsLeft = budget.columns();
        this.collectionsInAll = catalog.all().size();
        this.columnsInAll = catalog.properties();
    }

    /**
     * Where two labels mean one column, the first one's type wins, as it does between nodes.
     *
     * @param reserved names of tables that no collection can have
     */
    public static EvolutionPlan of(
            Catalog catalog,
            Map<String, Map<String, ColumnType>> wanted,
            Set<String> reserved,
            CatalogLimits limits,
            Budget budget) {
        var plan = new EvolutionPlan(catalog, reserved, limits, budget);
        wanted.forEach((label, properties) -> plan.growth(label)
                .ifPresent(growth -> properties.forEach((property, type) ->
                        plan.add(growth, new Asked(label, Optional.of(property)), property, type))));
        return plan;
    }

    /** Of a module's table, which is there. */
    public static EvolutionPlan ofModule(
            Catalog catalog, String table, Map<String, ColumnType> wanted, CatalogLimits limits, Budget budget) {
        var plan = new EvolutionPlan(catalog, Set.of(), limits, budget);
        var existing = catalog.ofModule(table);
        var named = existing.map(Columns::collection)
                .orElseGet(() -> new EventCollection(table, table, Names.graphql(table), List.of()));
        var growth = new Growth(named, existing, true);
        plan.growths.put(table, growth);
        wanted.forEach((property, type) -> plan.add(growth, new Asked(table, Optional.of(property)), property, type));
        return plan;
    }

    /** What is planned by a snapshot and by how far the project may change. */
    @FunctionalInterface
    public interface Planned {
        EvolutionPlan by(Catalog catalog, Budget budget);
    }

    /** Only those that have something to change or make. */
    public List<Growth> growths() {
        return growths.values().stream().filter(growth -> !growth.isEmpty()).toList();
    }

    public Map<Asked, Refusal> refused() {
        return refused;
    }

    private Optional<Growth> growth(String label) {
        var table = Names.table(label);
        if (table.isEmpty()) {
            return refuse(
                    label, "bad_collection", Names.collectionProblem(label).orElseThrow());
        }
        var planned = growths.get(table.get());
        if (planned != null) {
            return Optional.of(planned);
        }
        var existing = catalog.byTable(table.get());
        var growth = existing.map(columns -> new Growth(columns.collection(), existing, false));
        if (growth.isEmpty()) {
            growth = created(label, table.get());
        }
        growth.ifPresent(added -> growths.put(table.get(), added));
        return growth;
    }

    private Optional<Growth> created(String label, String table) {
        if (reserved.contains(table)) {
            return refuse(label, "name_taken", Names.reserved(table));
        }
        if (collectionsInAll >= limits.allCollections()) {
            return refuse(
                    label,
                    "too_many_collections",
                    "A project has at most " + limits.allCollections()
                            + " collections: use one that exists. The setting catalog.all-collections says so.");
        }
        if (collectionsLeft <= 0) {
            return refuse(
                    label,
                    "too_many_collections",
                    "The project has got its " + limits.newCollections()
                            + " new collections of this hour: use one that exists, or try later.");
        }
        var graphqlName = Names.graphql(table);
        if (isTaken(graphqlName)) {
            return refuse(label, "name_taken", "Another collection has that name in GraphQL: choose another.");
        }
        collectionsLeft--;
        collectionsInAll++;
        return Optional.of(
                new Growth(new EventCollection(table, label, graphqlName, List.of()), Optional.empty(), false));
    }

    private void add(Growth growth, Asked asked, String label, ColumnType type) {
        var column = Names.column(label);
        if (column.isEmpty()) {
            refuse(asked, "bad_property", Names.propertyProblem(label).orElseThrow());
            return;
        }
        var known = growth.property(column.get());
        if (known.isPresent()) {
            widen(growth, known.get(), type);
            return;
        }
        var graphqlName = Names.graphql(column.get());
        if (growth.size() >= limits.columns()) {
            refuse(asked, "too_many_columns", "A collection has at most " + limits.columns() + " columns.");
        } else if (columnsInAll >= limits.allColumns()) {
            refuse(
                    asked,
                    "too_many_columns",
                    "A project has at most " + limits.allColumns()
                            + " columns in all; the setting catalog.all-columns says so.");
        } else if (columnsLeft <= 0) {
            refuse(
                    asked,
                    "too_many_new_columns",
                    "The project has got its " + limits.newColumns() + " new columns of this hour.");
        } else if (growth.hasGraphqlName(graphqlName)) {
            refuse(asked, "name_taken", "Another property has that name in GraphQL: choose another.");
        } else {
            columnsLeft--;
            columnsInAll++;
            growth.add(new Property(column.get(), label, graphqlName, type));
        }
    }

    private void widen(Growth growth, Property known, ColumnType type) {
        var isWider = known.type() == ColumnType.LONG
                && type == ColumnType.DOUBLE
                && !known.declaration().isDeclared();
        if (isWider
                && !budget.fixed().contains(new FixedColumn(growth.collection().name(), known.column()))) {
            growth.widen(known, type);
        }
    }

    private boolean isTaken(String graphqlName) {
        return catalog.collections().stream()
                        .anyMatch(collection -> collection.graphqlName().equals(graphqlName))
                || growths.values().stream()
                        .anyMatch(growth -> growth.collection().graphqlName().equals(graphqlName));
    }

    private Optional<Growth> refuse(String label, String code, String message) {
        refused.put(new Asked(label, Optional.empty()), new Refusal(code, "/collection", message));
        return Optional.empty();
    }

    private void refuse(Asked asked, String code, String message) {
        var label = asked.property().orElseThrow();
        var pointer = "/properties/" + label.replace("~", "~0").replace("/", "~1");
        refused.put(asked, new Refusal(code, pointer, message));
    }
}
