package dev.tidemark.core.typed;

import static dev.tidemark.core.typed.Definitions.input;
import static dev.tidemark.core.typed.SharedTypes.listOf;

import dev.tidemark.core.schema.assembly.MadeType;
import graphql.Directives;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLTypeReference;

/** The input that says which rows of a relation count. */
final class FilterType {

    private FilterType() {}

    static GraphQLInputObjectType of(TypedRelation relation, SharedTypes shared) {
        var name = relation.type(MadeType.FILTER);
        var self = GraphQLTypeReference.typeRef(name);
        var type = GraphQLInputObjectType.newInputObject()
                .name(name)
                .description("A condition on " + relation.label()
                        + ": exactly one of these. Where a value is missing, a test of it does not hold, and its"
                        + " opposite does.")
                .withAppliedDirective(Directives.OneOfDirective.toAppliedDirective())
                .field(input("and", listOf(self), "All must hold."))
                .field(input("or", listOf(self), "One must hold."))
                .field(input("not", self, "It must not hold."));
        relation.filterable().forEach(column -> type.field(input(column, shared.test(column.type()))));
        relation.people()
                .ifPresent(known -> type.field(input(
                        TypedRelation.PERSON_PROPERTIES,
                        GraphQLTypeReference.typeRef(known.type(MadeType.FILTER)),
                        "A condition on what is known of the person behind it.")));
        return type.build();
    }
}
