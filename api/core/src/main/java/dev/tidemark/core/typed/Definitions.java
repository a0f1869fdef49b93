package dev.tidemark.core.typed;

import graphql.schema.GraphQLArgument;
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
