package dev.tidemark.core.schema.documents;

import dev.tidemark.core.schema.faults.CodedError;
import dev.tidemark.spi.ErrorCode;
import graphql.language.OperationDefinition;
import graphql.language.VariableDefinition;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.idl.TypeUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names in an operation's variables that the schema does not have, with what may have been meant. */
final class UnknownInVariables {

    private final VariableDefinition variable;
    private final List<CodedError> found;

    private UnknownInVariables(VariableDefinition variable, List<CodedError> found) {
        this.variable = variable;
        this.found = found;
    }

    /** The first of them. */
    static List<CodedError> in(
            GraphQLSchema schema, OperationDefinition operation, Map<String, @Nullable Object> variables) {
        List<CodedError> found = new ArrayList<>();
        for (var variable : operation.getVariableDefinitions()) {
            new UnknownInVariables(variable, found)
                    .look(
                            "$" + variable.getName(),
                            variables.get(variable.getName()),
                            schema.getType(
                                    TypeUtil.unwrapAll(variable.getType()).getName()));
        }
        return found;
    }

    private void look(String place, @Nullable Object value, @Nullable GraphQLType type) {
        switch (value) {
            case List<?> list -> {
                for (var i = 0; i < list.size(); i++) {
                    look(place + "[" + i + "]", list.get(i), type);
                }
            }
            case Map<?, ?> object
            when type instanceof GraphQLInputObjectType input ->
                object.forEach((name, field) -> look(place, String.valueOf(name), field, input));
            case String name
            when type instanceof GraphQLEnumType choices && choices.getValue(name) == null ->
                note(place, UnknownName.value(name, choices));
            case null, default -> {}
        }
    }

    private void look(String place, String name, @Nullable Object value, GraphQLInputObjectType input) {
        var known = input.getFieldDefinition(name);
        if (known == null) {
            note(place, UnknownName.field(name, input));
        } else {
            look(place + "." + name, value, GraphQLTypeUtil.unwrapAll(known.getType()));
        }
    }

    private void note(String place, UnknownName unknown) {
        if (found.size() < UnknownName.MOST) {
            found.add(new CodedError(place + ": " + unknown.message(), ErrorCode.BAD_USER_INPUT)
                    .at(null, List.of(UnknownName.place(variable))));
        }
    }
}
