package dev.tidemark.core.schema.scalars;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.Value;
import graphql.schema.Coercing;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whatever JSON can say, in Java's own maps, lists, texts, numbers and truth values. */
final class JsonCoercing implements Coercing<Object, Object> {

    private static final BigInteger LARGEST_EXACT = BigInteger.valueOf(LongCoercing.LARGEST_EXACT);

    @Override
    public Object serialize(Object value, GraphQLContext context, Locale locale) {
        return switch (value) {
            case Map<?, ?> map -> map(map, context, locale);
            case Collection<?> list -> list(list, context, locale);
            case Long number -> LongCoercing.outside(number);
            case BigInteger number when number.abs().compareTo(LARGEST_EXACT) > 0 -> number.toString();
            case Double number when !Double.isFinite(number) -> number.toString();
            case Float number when !Float.isFinite(number) -> number.toString();
            case Number number -> number;
            case Boolean truth -> truth;
            default -> value.toString();
        };
    }

    private Map<String, @Nullable Object> map(Map<?, ?> map, GraphQLContext context, Locale locale) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) ->
                copy.put(String.valueOf(key), value == null ? null : serialize(value, context, locale)));
        return copy;
    }

    private List<@Nullable Object> list(Collection<?> list, GraphQLContext context, Locale locale) {
        List<@Nullable Object> copy = new ArrayList<>();
        list.forEach(value -> copy.add(value == null ? null : serialize(value, context, locale)));
        return copy;
    }

    @Override
    public Object parseValue(Object input, GraphQLContext context, Locale locale) {
        return input;
    }

    @Override
    public @Nullable Object parseLiteral(
            Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        return JsonLiteral.read(input, variables);
    }

    @Override
    public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
        return JsonLiteral.write(input);
    }
}
