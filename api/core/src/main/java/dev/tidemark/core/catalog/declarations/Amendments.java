package dev.tidemark.core.catalog.declarations;

import dev.tidemark.core.catalog.names.Names;
import dev.tidemark.core.catalog.partitions.PartitionWidth;
import dev.tidemark.core.catalog.snapshot.Terms;
import dev.tidemark.core.catalog.writing.Amendment;
import dev.tidemark.core.catalog.writing.DefinitionStore;
import dev.tidemark.core.catalog.writing.Named;
import dev.tidemark.core.schema.Input;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Declaration;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventCollection.Property;
import java.util.Optional;

/** The changes that touch nothing but the catalogue's own rows. */
public final class Amendments {

    private static final DefinitionStore DEFINITIONS = new DefinitionStore();

    private Amendments() {}

    /** Gives a property another label. Its column and its name in GraphQL stay, and so do the meanings of its first name. */
    public static Amendment rename(Input input) {
        return (connection, before) -> {
            var named = Named.of(before, input);
            var label = input.text("label");
            var name = Names.column(label).orElseThrow(() -> refused(label));
            var taken = named.columns()
                    .byName(name)
                    .filter(other -> !other.column().equals(named.property().column()));
            if (taken.isPresent()) {
                throw new CallerException(
                        ErrorCode.CONFLICT,
                        "Property \"" + taken.get().label() + "\" has that name already: choose another.",
                        "label");
            }
            var property = named.property();
            DEFINITIONS.describe(
                    connection,
                    named.columns().id(),
                    new Property(
                            property.column(), label, property.graphqlName(), property.type(), property.declaration()));
        };
    }

    /** Says that a property should not be used any more, and why; or, without a reason, that it should. */
    public static Amendment deprecate(Input input) {
        return (connection, before) -> {
            var named = Named.of(before, input);
            var declaration = named.property().declaration();
            DEFINITIONS.describe(
                    connection,
                    named.columns().id(),
                    named.property()
                            .declared(new Declaration(
                                    declaration.isDeclared(),
                                    declaration.description(),
                                    reason(input),
                                    declaration.isRequired(),
                                    declaration.values(),
                                    declaration.isIndexed())));
        };
    }

    /** What partitions cover that are made from now on. */
    public static Amendment partition(Input input) {
        return (connection, before) -> {
            var columns = Named.collection(before, input);
            var width = PartitionWidth.valueOf(input.text("width"));
            var terms =
                    new Terms(columns.terms().isStrict(), width, columns.terms().keep());
            DEFINITIONS.describe(connection, columns.with(columns.collection(), terms.checked()));
        };
    }

    /** How long events are kept. */
    public static Amendment keep(Input input) {
        return (connection, before) -> {
            var columns = Named.collection(before, input);
            var terms = new Terms(
                    columns.terms().isStrict(),
                    columns.terms().partitions(),
                    input.value("keep").map(Terms::keep));
            DEFINITIONS.describe(connection, columns.with(columns.collection(), terms.checked()));
        };
    }

    private static Optional<String> reason(Input input) {
        var reason = input.value("reason").map(Object::toString);
        if (reason.filter(String::isBlank).isPresent()) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT, "Say why, or leave the reason out to take it back.", "reason");
        }
        return reason;
    }

    private static CallerException refused(String label) {
        return new CallerException(
                ErrorCode.BAD_USER_INPUT, Names.propertyProblem(label).orElseThrow(), "label");
    }
}
