package dev.tidemark.core.typed;

import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLOutputType;
import java.util.List;

/** Parts of types in one line each. */
final class Definitions {

    private Definitions() {}

    static GraphQLFieldDefinition field(
            String name, GraphQLOutputType type, String description, GraphQLArgument... arguments) {
        return field(name, type, description, List.of(arguments));
    }

    static GraphQLFieldDefinition field(
            String name, GraphQLOutputType type, String description, List<GraphQLArgument> arguments) {
        return GraphQLFieldDefinition.newFieldDefinition()
                .name(name)
                .type(type)
                .description(description)
                .replaceArguments(arguments)
                .build();
    }

    static GraphQLFieldDefinition field(TypedColumn column, GraphQLOutputType type) {
        return field(column.field(), type, Descriptions.of(column))
                .transform(field -> column.declaration().deprecation().ifPresent(field::deprecate));
    }

    static GraphQLEnumValueDefinition constant(TypedColumn column, String value) {
        return GraphQLEnumValueDefinition.newEnumValueDefinition()
                .name(column.constant())
                .value(value)
                .description(Descriptions.of(column))
                .deprecationReason(column.declaration().deprecation().orElse(null))
                .build();
    }

    static GraphQLArgument argument(String name, GraphQLInputType type, String description) {
        return GraphQLArgument.newArgument()
                .name(name)
                .type(type)
                .description(description)
                .build();
    }

    static GraphQLArgument argument(String name, GraphQLInputType type, Object byDefault, String description) {
        return GraphQLArgument.newArgument()
                .name(name)
                .type(type)
                .defaultValueProgrammatic(byDefault)
                .description(description)
                .build();
    }

    static GraphQLInputObjectField input(TypedColumn column, GraphQLInputType type) {
        return input(column.field(), type, Descriptions.of(column))
                .transform(field -> column.declaration().deprecation().ifPresent(field::deprecate));
    }

    static GraphQLInputObjectField input(String name, GraphQLInputType type, String description) {
        return GraphQLInputObjectField.newInputObjectField()
                .name(name)
                .type(type)
                .description(description)
                .build();
    }

    static GraphQLInputObjectField input(String name, GraphQLInputType type, Object byDefault, String description) {
        return GraphQLInputObjectField.newInputObjectField()
                .name(name)
                .type(type)
                .defaultValueProgrammatic(byDefault)
                .description(description)
                .build();
    }
}
