package dev.tidemark.core.catalog.declarations;

import dev.tidemark.core.catalog.evolution.Evolution;
import dev.tidemark.core.catalog.evolution.Growth;
import dev.tidemark.core.catalog.names.Names;
import dev.tidemark.core.catalog.partitions.PartitionWidth;
import dev.tidemark.core.catalog.snapshot.Catalog;
import dev.tidemark.core.catalog.snapshot.CatalogLimits;
import dev.tidemark.core.catalog.snapshot.Terms;
import dev.tidemark.core.catalog.writing.Amendment;
import dev.tidemark.core.catalog.writing.DefinitionStore;
import dev.tidemark.core.schema.Input;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.EventCollection.Property;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes a collection as it was asked for, or amends one that is there; what was not said stays as it is. */
public final class DeclareCollection implements Amendment {

    private final Input input;
    private final Set<String> reserved;
    private final Evolution evolution;
    private final CatalogLimits limits;
    private final DefinitionStore definitions = new DefinitionStore();

    /** @param reserved names of tables that no collection can have */
    public DeclareCollection(Input input, Set<String> reserved, Evolution evolution, CatalogLimits limits) {
        this.input = input;
        this.reserved = reserved;
        this.evolution = evolution;
        this.limits = limits;
    }

    @Override
    public void apply(Connection connection, Catalog before) throws SQLException {
        var growth = growth(before);
        var declared = declared(growth);
        var columns = evolution.grow(connection, growth);
        for (var property : declared) {
            definitions.describe(connection, columns.id(), property);
        }
        definitions.describe(connection, columns.with(described(columns.collection()), terms(columns.terms())));
    }

    private Growth growth(Catalog before) {
        var label = input.text("name");
        var table = Names.table(label)
                .orElseThrow(() -> refused(Names.collectionProblem(label).orElseThrow(), "name"));
        var existing = before.byTable(table);
        if (existing.isPresent()) {
            return new Growth(existing.get().collection(), existing, false);
        }
        if (reserved.contains(table)) {
            throw new CallerException(ErrorCode.CONFLICT, Names.reserved(table), "name");
        }
        var graphqlName = Names.graphql(table);
        if (before.collections().stream().anyMatch(other -> other.graphqlName().equals(graphqlName))) {
            throw refused("Another collection has that name in GraphQL: choose another.", "name");
        }
        return new Growth(new EventCollection(table, label, graphqlName, List.of()), Optional.empty(), false);
    }

    /** The properties as they are to be; those that are new are added to what is to grow. */
    private List<Property> declared(Growth growth) {
        List<Property> declared = new ArrayList<>();
        var asked = input.objects("properties");
        for (int i = 0; i < asked.size(); i++) {
            var wanted = new DeclaredProperty(asked.get(i), Integer.toString(i));
            var property = wanted.within(growth, limits);
            if (declared.stream().anyMatch(other -> other.column().equals(property.column()))) {
                throw wanted.refused("The property is declared twice, perhaps in another spelling: once will do.");
            }
            declared.add(property);
        }
        return declared;
    }

    private EventCollection described(EventCollection collection) {
        return new EventCollection(
                collection.name(),
                collection.label(),
                collection.graphqlName(),
                input.said("description", collection.description(), Object::toString),
                collection.properties());
    }

    private Terms terms(Terms there) {
        var asked = new Terms(
                input.value("mode").map("STRICT"::equals).orElse(there.isStrict()),
                input.value("partitions")
                        .map(width -> PartitionWidth.valueOf((String) width))
                        .orElse(there.partitions()),
                input.said("keep", there.keep(), Terms::keep));
        return asked.checked();
    }

    private static CallerException refused(String sentence, String field) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, sentence, field);
    }
}
