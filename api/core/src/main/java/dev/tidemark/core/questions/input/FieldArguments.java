package dev.tidemark.core.questions.input;

import dev.tidemark.core.mistakes.UnknownName;
import dev.tidemark.core.mistakes.WrongValue;
import dev.tidemark.core.naming.Nearest;
import dev.tidemark.core.questions.sql.Shown;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import graphql.GraphQLContext;
import graphql.GraphQLException;
import graphql.execution.RawVariables;
import graphql.execution.ValuesResolver;
import graphql.language.VariableDefinition;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Arguments of a field that come as JSON: checked, and completed by the defaults, as GraphQL does it with variables. */
public record FieldArguments(GraphQLSchema schema, GraphQLFieldDefinition field) {

    public static FieldArguments of(GraphQLSchema schema, String field) {
        return new FieldArguments(
                schema, Objects.requireNonNull(schema.getQueryType().getFieldDefinition(field)));
    }

    /** @throws CallerException naming the argument at fault */
    public Arguments coerced(Map<String, @Nullable Object> json) {
        Map<String, Object> given = new LinkedHashMap<>();
        json.forEach((name, value) -> {
            requireKnown(name);
            if (value != null) {
                given.put(name, value);
            }
        });
        var variables =
                field.getArguments().stream().map(FieldArguments::variable).toList();
        try {
            var coerced = ValuesResolver.coerceVariableValues(
                    schema, variables, RawVariables.of(given), GraphQLContext.getDefault(), Locale.ROOT);
            return new Arguments(new LinkedHashMap<String, @Nullable Object>(coerced.toMap()));
        } catch (GraphQLException e) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, wrong(given).orElse(String.valueOf(e.getMessage())));
        }
    }

    /** What is wrong in which arguments; empty when it is not found. */
    private Optional<String> wrong(Map<String, Object> given) {
        return field.getArguments().stream()
                .filter(argument -> given.containsKey(argument.getName()) || !argument.hasSetDefaultValue())
                .flatMap(argument ->
                        WrongValue.in(argument.getName(), given.get(argument.getName()), argument.getType()).stream())
                .limit(UnknownName.MOST)
                .map(WrongValue::message)
                .reduce((one, other) -> one + " " + other);
    }

    private void requireKnown(String name) {
        List<String> known =
                field.getArguments().stream().map(GraphQLArgument::getName).toList();
        if (!known.contains(name)) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT,
                    "There is no \"" + Shown.of(name) + "\" here." + Nearest.hint(Shown.of(name), known),
                    name);
        }
    }

    private static VariableDefinition variable(GraphQLArgument argument) {
        var definition = Objects.requireNonNull(argument.getDefinition());
        return VariableDefinition.newVariableDefinition()
                .name(argument.getName())
                .type(definition.getType())
                .defaultValue(definition.getDefaultValue())
                .build();
    }
}
