package dev.tidemark.core.schema.scalars;

import graphql.execution.CoercedVariables;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.EnumValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.CoercingParseLiteralException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON written in a document as GraphQL's own literals: {@code {url: "/", tags: ["a"]}}. */
final class JsonLiteral {

    /** As the reader of JSON has it: what is longer is no number that anybody measured. */
    private static final int LONGEST_NUMBER = 100;

    private static final int LARGEST_EXPONENT = 400;

    private JsonLiteral() {}

    static @Nullable Object read(Value<?> literal, CoercedVariables variables) {
        return switch (literal) {
            case NullValue nothing -> null;
            case StringValue text -> text.getValue();
            case BooleanValue truth -> truth.isValue();
            case EnumValue name -> name.getName();
            case IntValue number -> whole(number.getValue());
            case FloatValue number -> decimal(number.getValue());
            case VariableReference variable -> variables.get(variable.getName());
            case ArrayValue list -> list(list, variables);
            case ObjectValue object -> object(object, variables);
            default -> throw new CoercingParseLiteralException("Expected a JSON value.");
        };
    }

    private static List<@Nullable Object> list(ArrayValue literal, CoercedVariables variables) {
        List<@Nullable Object> list = new ArrayList<>();
        literal.getValues().forEach(value -> list.add(read(value, variables)));
        return list;
    }

    private static Map<String, @Nullable Object> object(ObjectValue literal, CoercedVariables variables) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (var field : literal.getObjectFields()) {
            if (object.containsKey(field.getName())) {
                throw new CoercingParseLiteralException(
                        "The name \"" + field.getName() + "\" stands twice in one object: remove one.");
            }
            object.put(field.getName(), read(field.getValue(), variables));
        }
        return object;
    }

    private static Object whole(BigInteger number) {
        if (number.bitLength() < Long.SIZE) {
            return number.longValue();
        }
        if (number.bitLength() > LONGEST_NUMBER * 3) {
            throw tooLong();
        }
        return number;
    }

    private static Object decimal(BigDecimal number) {
        if (number.precision() > LONGEST_NUMBER || Math.abs((long) number.scale()) > LARGEST_EXPONENT) {
            throw tooLong();
        }
        var rounded = number.doubleValue();
        var isExact = Double.isFinite(rounded) && new BigDecimal(Double.toString(rounded)).compareTo(number) == 0;
        return isExact ? (Object) rounded : number;
    }

    private static CoercingParseLiteralException tooLong() {
        return new CoercingParseLiteralException("A number of more than " + LONGEST_NUMBER
                + " digits, or with an exponent beyond " + LARGEST_EXPONENT + ", cannot be kept: send it in quotes.");
    }

    static Value<?> write(@Nullable Object value) {
        return switch (value) {
            case null -> NullValue.of();
            case Boolean truth -> BooleanValue.of(truth);
            case Integer number -> new IntValue(BigInteger.valueOf(number));
            case Long number -> new IntValue(BigInteger.valueOf(number));
            case BigInteger number -> new IntValue(number);
            case BigDecimal number -> new FloatValue(number);
            case Double number when Double.isFinite(number) -> new FloatValue(BigDecimal.valueOf(number));
            case List<?> list -> write(list);
            case Map<?, ?> map ->
                new ObjectValue(map.entrySet().stream()
                        .map(entry -> new ObjectField(String.valueOf(entry.getKey()), write(entry.getValue())))
                        .toList());
            default -> StringValue.of(value.toString());
        };
    }

    private static ArrayValue write(List<?> list) {
        var literal = ArrayValue.newArrayValue();
        list.forEach(value -> literal.value(write(value)));
        return literal.build();
    }
}
