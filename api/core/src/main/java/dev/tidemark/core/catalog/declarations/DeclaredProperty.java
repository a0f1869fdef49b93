package dev.tidemark.core.catalog.declarations;

import dev.tidemark.core.catalog.evolution.Growth;
import dev.tidemark.core.catalog.names.Names;
import dev.tidemark.core.catalog.snapshot.CatalogLimits;
import dev.tidemark.core.schema.Input;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Declaration;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventCollection.Property;
import java.util.List;
import java.util.Optional;

/**
 * One property that {@code declareCollection} names.
 *
 * @param index among the properties of the input
 */
record DeclaredProperty(Input input, String index) {

    /** The property as it is to be; a new one is added to what is to grow. */
    Property within(Growth growth, CatalogLimits limits) {
        var label = input.text("name");
        var column = Names.column(label)
                .orElseThrow(() -> refused(Names.propertyProblem(label).orElseThrow()));
        var type = input.value("type").map(name -> ColumnType.valueOf((String) name));
        var known = growth.property(column);
        if (known.isPresent()) {
            var property = known.get();
            if (type.isPresent() && type.get() != property.type()) {
                throw new CallerException(
                        ErrorCode.CONFLICT,
                        "Property \"%s\" has type %s already: leave the type out, or change it with changePropertyType."
                                .formatted(property.label(), property.type()),
                        "properties",
                        index,
                        "type");
            }
            return declared(property);
        }
        var added = new Property(
                column,
                label,
                Names.graphql(column),
                type.orElseThrow(() -> refused("\"" + label + "\" is new: say its type.")));
        check(growth, added, limits);
        growth.add(added);
        return declared(added);
    }

    CallerException refused(String sentence) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, sentence, "properties", index);
    }

    private void check(Growth growth, Property added, CatalogLimits limits) {
        if (growth.size() >= limits.columns()) {
            throw new CallerException(
                    ErrorCode.QUOTA_EXCEEDED,
                    "A collection has at most " + limits.columns() + " columns; the setting catalog.columns says so.",
                    "properties",
                    index);
        }
        if (growth.hasGraphqlName(added.graphqlName())) {
            throw refused("Another property has that name in GraphQL: choose another.");
        }
    }

    private Property declared(Property property) {
        var there = property.declaration();
        var values = values(there);
        if (!values.isEmpty() && property.type() != ColumnType.TEXT) {
            throw refused("Only a property of type TEXT can list its values.");
        }
        return property.declared(new Declaration(
                true,
                input.said("description", there.description(), Object::toString),
                there.deprecation(),
                input.value("isRequired").map(Boolean.TRUE::equals).orElse(there.isRequired()),
                values,
                there.isIndexed()));
    }

    private List<String> values(Declaration there) {
        return input.said("values", Optional.of(there.values()), DeclaredProperty::texts).orElse(List.of()).stream()
                .distinct()
                .toList();
    }

    private static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(Object::toString).toList();
    }
}
