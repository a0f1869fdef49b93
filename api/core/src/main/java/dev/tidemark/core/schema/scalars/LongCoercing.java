package dev.tidemark.core.schema.scalars;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;

/** A number while every client can hold it exactly, a text beyond. */
final class LongCoercing implements Coercing<Long, Object> {

    /** 2^53 - 1, the last whole number before JavaScript's skip one. */
    static final long LARGEST_EXACT = 9_007_199_254_740_991L;

    private static final String EXPECTED = "Expected a whole number of 64 bits, as a number or in quotes.";
    private static final int MOST_DIGITS = 20;

    /** The number itself, or its digits when a client could not hold it. */
    static Object outside(long value) {
        return Math.abs(value) <= LARGEST_EXACT && value != Long.MIN_VALUE ? (Object) value : Long.toString(value);
    }

    @Override
    public Object serialize(Object value, GraphQLContext context, Locale locale) {
        return exact(value).map(LongCoercing::outside).orElseThrow(() -> new CoercingSerializeException(EXPECTED));
    }

    @Override
    public Long parseValue(Object input, GraphQLContext context, Locale locale) {
        return exact(input).orElseThrow(() -> new CoercingParseValueException(EXPECTED));
    }

    @Override
    public Long parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        var value = switch (input) {
            case IntValue number -> exact(number.getValue());
            case StringValue text -> exact(String.valueOf(text.getValue()));
            default -> Optional.<Long>empty();
        };
        return value.orElseThrow(() -> new CoercingParseLiteralException(EXPECTED));
    }

    @Override
    public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
        return new IntValue(BigInteger.valueOf(parseValue(input, context, locale)));
    }

    private static Optional<Long> exact(Object value) {
        try {
            return switch (value) {
                case Long number -> Optional.of(number);
                case Integer number -> Optional.of(number.longValue());
                case Short number -> Optional.of(number.longValue());
                case BigInteger number -> Optional.of(number.longValueExact());
                case BigDecimal number
                when Math.abs((long) number.scale()) <= MOST_DIGITS -> Optional.of(number.longValueExact());
                case Double number
                when number == Math.rint(number) && Math.abs(number) <= LARGEST_EXACT ->
                    Optional.of(number.longValue());
                case String text when text.length() <= MOST_DIGITS -> Optional.of(Long.valueOf(text));
                default -> Optional.empty();
            };
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
