package dev.tidemark.core.schema.documents;

import dev.tidemark.core.schema.faults.CodedError;
import dev.tidemark.spi.ErrorCode;
import graphql.GraphQLContext;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.OperationDefinition;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.language.VariableDefinition;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where in an operation's variables something is wrong, and what is wanted there. graphql-java tells the first only, and no place. */
final class WrongVariables {

    private final GraphQLSchema schema;
    private final VariableDefinition variable;
    private final List<CodedError> found;

    private WrongVariables(GraphQLSchema schema, VariableDefinition variable, List<CodedError> found) {
        this.schema = schema;
        this.variable = variable;
        this.found = found;
    }

    /** The first of them. */
    static List<CodedError> in(
            GraphQLSchema schema, OperationDefinition operation, Map<String, @Nullable Object> variables) {
        List<CodedError> found = new ArrayList<>();
        for (var variable : operation.getVariableDefinitions()) {
            var name = variable.getName();
            if (variables.containsKey(name) || variable.getDefaultValue() == null) {
                var variablesOf = new WrongVariables(schema, variable, found);
                variablesOf.look("$" + name, variables.get(name), variablesOf.type(variable.getType()));
            }
        }
        return found;
    }

    private GraphQLType type(Type<?> declared) {
        return switch (declared) {
            case NonNullType required -> GraphQLNonNull.nonNull(type(required.getType()));
            case ListType list -> GraphQLList.list(type(list.getType()));
            case TypeName named -> Objects.requireNonNull(schema.getType(named.getName()), "known to fit the schema");
            default -> throw new IllegalStateException("GraphQL has no other types: " + declared);
        };
    }

    private void look(String place, @Nullable Object value, GraphQLType type) {
        switch (type) {
            case GraphQLNonNull required
            when value == null -> note(place, "A value of " + GraphQLTypeUtil.simplePrint(required) + " is needed.");
            case GraphQLNonNull required -> look(place, value, required.getWrappedType());
            case GraphQLList list
            when value instanceof List<?> values -> {
                for (var i = 0; i < values.size(); i++) {
                    look(place + "[" + i + "]", values.get(i), list.getWrappedType());
                }
            }
            case GraphQLList list when value != null -> look(place, value, list.getWrappedType());
            case GraphQLInputObjectType input when value instanceof Map<?, ?> object -> look(place, object, input);
            case GraphQLInputObjectType input
            when value != null -> note(place, "An object is needed, of " + input.getName() + ".");
            case GraphQLEnumType choices
            when value != null && choices.getValue(value.toString()) == null ->
                note(place, UnknownName.value(value.toString(), choices).message());
            case GraphQLScalarType scalar when value != null -> look(place, value, scalar);
            default -> {}
        }
    }

    private void look(String place, Map<?, ?> object, GraphQLInputObjectType input) {
        for (var field : input.getFieldDefinitions()) {
            if (object.containsKey(field.getName()) || isMissing(field)) {
                look(place + "." + field.getName(), object.get(field.getName()), field.getType());
            }
        }
        for (var name : object.keySet()) {
            if (input.getFieldDefinition(String.valueOf(name)) == null) {
                note(place, UnknownName.field(String.valueOf(name), input).message());
            }
        }
        if (input.isOneOf() && (object.size() != 1 || object.containsValue(null))) {
            note(place, "Exactly one field of " + input.getName() + " must be given.");
        }
    }

    /** When it is not given. */
    private static boolean isMissing(GraphQLInputObjectField field) {
        return GraphQLTypeUtil.isNonNull(field.getType()) && !field.hasSetDefaultValue();
    }

    private void look(String place, Object value, GraphQLScalarType scalar) {
        try {
            scalar.getCoercing().parseValue(value, GraphQLContext.getDefault(), Locale.ENGLISH);
        } catch (CoercingParseValueException e) {
            note(place, String.valueOf(e.getMessage()));
        }
    }

    private void note(String place, String message) {
        if (found.size() < UnknownName.MOST) {
            found.add(new CodedError(place + ": " + message, ErrorCode.BAD_USER_INPUT)
                    .at(null, List.of(UnknownName.place(variable))));
        }
    }
}
