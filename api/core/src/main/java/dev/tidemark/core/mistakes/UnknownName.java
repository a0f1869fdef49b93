package dev.tidemark.core.mistakes;

import dev.tidemark.core.naming.Nearest;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedSchemaElement;
import java.util.Collection;

/**
 * A name that the schema does not have where somebody used it.
 *
 * @param whose what lacks it
 * @param known what there is instead
 */
public record UnknownName(String whose, String name, Collection<? extends GraphQLNamedSchemaElement> known) {

    /** Nobody corrects more of them at once, and each is compared with all that there are. */
    public static final int MOST = 10;

    private static final int SHORT_LIST = 20;

    public static UnknownName field(String name, GraphQLFieldsContainer type) {
        return new UnknownName(type.getName() + " has no field", name, type.getFieldDefinitions());
    }

    public static UnknownName field(String name, GraphQLInputObjectType type) {
        return new UnknownName(type.getName() + " has no field", name, type.getFieldDefinitions());
    }

    public static UnknownName argument(String name, GraphQLFieldDefinition field, GraphQLFieldsContainer type) {
        var place = type.getName() + "." + field.getName();
        return new UnknownName(place + " has no argument", name, field.getArguments());
    }

    public static UnknownName value(String name, GraphQLEnumType type) {
        return new UnknownName(type.getName() + " has no value", name, type.getValues());
    }

    /** What is wrong, and the one that is near or a short list of all. */
    public String message() {
        var names = known.stream().map(GraphQLNamedSchemaElement::getName).toList();
        var near = Nearest.hint(name, names);
        var remedy = near.isEmpty() && !names.isEmpty() && names.size() <= SHORT_LIST
                ? " It has " + String.join(", ", names) + "."
                : near;
        return whose + " \"" + name + "\"." + remedy;
    }
}
