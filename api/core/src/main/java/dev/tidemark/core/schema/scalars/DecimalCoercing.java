package dev.tidemark.core.schema.scalars;

import dev.tidemark.core.json.JsonNumbers;
import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** A number of any size and precision, written as {@link JsonCoercing} writes numbers. */
final class DecimalCoercing implements Coercing<BigDecimal, Object> {

    private static final String EXPECTED = "Expected a number of at most 1000 digits, as a number or in quotes.";

    private final JsonCoercing json = new JsonCoercing();

    @Override
    public Object serialize(Object value, GraphQLContext context, Locale locale) {
        if (value instanceof Number) {
            return json.serialize(value, context, locale);
        }
        throw new CoercingSerializeException(EXPECTED);
    }

    @Override
    public BigDecimal parseValue(Object input, GraphQLContext context, Locale locale) {
        return Optional.of(input)
                .filter(value -> value instanceof Number || value instanceof String)
                .flatMap(value -> JsonNumbers.exact(value.toString()))
                .orElseThrow(() -> new CoercingParseValueException(EXPECTED));
    }

    @Override
    public BigDecimal parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        var text = switch (input) {
            case IntValue number -> String.valueOf(number.getValue());
            case FloatValue number -> String.valueOf(number.getValue());
            case StringValue quoted -> String.valueOf(quoted.getValue());
            default -> "";
        };
        return JsonNumbers.exact(text).orElseThrow(() -> new CoercingParseLiteralException(EXPECTED));
    }

    @Override
    public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
        return new FloatValue(parseValue(input, context, locale));
    }
}
