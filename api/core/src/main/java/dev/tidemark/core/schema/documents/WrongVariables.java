package dev.tidemark.core.schema.documents;

import dev.tidemark.core.mistakes.UnknownName;
import dev.tidemark.core.mistakes.WrongValue;
import dev.tidemark.core.schema.faults.CodedError;
import dev.tidemark.spi.ErrorCode;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.OperationDefinition;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.language.VariableDefinition;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is wrong in the variables of an operation. */
record WrongVariables(GraphQLSchema schema, Map<String, @Nullable Object> variables) {

    /** The first of it. */
    List<CodedError> in(OperationDefinition operation) {
        return operation.getVariableDefinitions().stream()
                .flatMap(this::errors)
                .limit(UnknownName.MOST)
                .toList();
    }

    private Stream<CodedError> errors(VariableDefinition variable) {
        var name = variable.getName();
        if (!variables.containsKey(name) && variable.getDefaultValue() != null) {
            return Stream.empty();
        }
        return WrongValue.in("$" + name, variables.get(name), type(variable.getType())).stream()
                .map(wrong -> new CodedError(wrong.message(), ErrorCode.BAD_USER_INPUT)
                        .at(null, List.of(UnknownNames.place(variable))));
    }

    private GraphQLType type(Type<?> declared) {
        return switch (declared) {
            case NonNullType required -> GraphQLNonNull.nonNull(type(required.getType()));
            case ListType list -> GraphQLList.list(type(list.getType()));
            case TypeName named -> Objects.requireNonNull(schema.getType(named.getName()), "known to fit the schema");
            default -> throw new IllegalStateException("GraphQL has no other types: " + declared);
        };
    }
}
