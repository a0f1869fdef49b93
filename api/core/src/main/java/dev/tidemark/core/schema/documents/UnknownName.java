package dev.tidemark.core.schema.documents;

import dev.tidemark.core.naming.Nearest;
import graphql.language.Node;
import graphql.language.ObjectField;
import graphql.language.SourceLocation;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedSchemaElement;
import java.util.Collection;
import java.util.Objects;

/**
 * A name that the schema does not have where somebody used it.
 *
 * @param whose what lacks it
 * @param known what there is instead
 */
record UnknownName(String whose, String name, Collection<? extends GraphQLNamedSchemaElement> known) {

    /** Nobody corrects more of them at once, and each is compared with all that there are. */
    static final int MOST = 10;

    private static final int SHORT_LIST = 20;

    static UnknownName field(String name, GraphQLFieldsContainer type) {
        return new UnknownName(type.getName() + " has no field", name, type.getFieldDefinitions());
    }

    static UnknownName field(String name, GraphQLInputObjectType type) {
        return new UnknownName(type.getName() + " has no field", name, type.getFieldDefinitions());
    }

    static UnknownName argument(String name, GraphQLFieldDefinition field, GraphQLFieldsContainer type) {
        var place = type.getName() + "." + field.getName();
        return new UnknownName(place + " has no argument", name, field.getArguments());
    }

    static UnknownName value(String name, GraphQLEnumType type) {
        return new UnknownName(type.getName() + " has no value", name, type.getValues());
    }

    /** What is wrong, and the one that is near or a short list of all. */
    String message() {
        var names = known.stream().map(GraphQLNamedSchemaElement::getName).toList();
        var near = Nearest.hint(name, names);
        var remedy = near.isEmpty() && !names.isEmpty() && names.size() <= SHORT_LIST
                ? " It has " + String.join(", ", names) + "."
                : near;
        return whose + " \"" + name + "\"." + remedy;
    }

    /** Where it stands that was parsed. */
    static SourceLocation place(Node<?> node) {
        if (node instanceof ObjectField field) {
            // graphql-java notes where its value stands, not where it does
            return place(field.getValue());
        }
        return Objects.requireNonNull(node.getSourceLocation(), "what was parsed has a place");
    }
}
