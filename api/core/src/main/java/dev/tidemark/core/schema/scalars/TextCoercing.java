package dev.tidemark.core.schema.scalars;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import java.time.DateTimeException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A scalar that is a text outside and a value here.
 *
 * @param expected what a client should send, with an example
 * @param parser throws {@link IllegalArgumentException} or {@link DateTimeException} for any other text
 */
record TextCoercing<T>(Class<T> type, String expected, Function<String, T> parser) implements Coercing<T, String> {

    @Override
    public String serialize(Object value, GraphQLContext context, Locale locale) {
        if (type.isInstance(value)) {
            return value.toString();
        }
        if (value instanceof String text && parsed(text).isPresent()) {
            return String.valueOf(parsed(text).get());
        }
        throw new CoercingSerializeException("A resolver returned something else than " + expected + ".");
    }

    @Override
    public T parseValue(Object input, GraphQLContext context, Locale locale) {
        if (type.isInstance(input)) {
            return type.cast(input);
        }
        return Optional.of(input)
                .filter(String.class::isInstance)
                .flatMap(text -> parsed((String) text))
                .orElseThrow(() -> new CoercingParseValueException("Expected " + expected + ", in quotes."));
    }

    @Override
    public T parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        return Optional.of(input)
                .filter(StringValue.class::isInstance)
                .flatMap(text -> parsed(String.valueOf(((StringValue) text).getValue())))
                .orElseThrow(() -> new CoercingParseLiteralException("Expected " + expected + ", in quotes."));
    }

    @Override
    public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
        return StringValue.of(serialize(input, context, locale));
    }

    private Optional<T> parsed(String text) {
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
