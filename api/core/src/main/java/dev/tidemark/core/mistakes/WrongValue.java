package dev.tidemark.core.mistakes;

import graphql.GraphQLContext;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a value that came as JSON does not fit its type. graphql-java tells the first such place only, and not where it is.
 *
 * @param place such as {@code $input.bucket.every}
 * @param wanted what is wanted there, as a sentence
 */
public record WrongValue(String place, String wanted) {

    /** The first of them. */
    public static List<WrongValue> in(String place, @Nullable Object value, GraphQLType type) {
        var search = new Search(new ArrayList<>());
        search.look(place, value, type);
        return List.copyOf(search.found);
    }

    /** What is wrong, and where. */
    public String message() {
        return place + ": " + wanted;
    }

    private record Search(List<WrongValue> found) {

        private void look(String place, @Nullable Object value, GraphQLType type) {
            switch (type) {
                case GraphQLNonNull required
                when value == null ->
                    note(place, "A value of " + GraphQLTypeUtil.simplePrint(required) + " is needed.");
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

        private void note(String place, String wanted) {
            if (found.size() < UnknownName.MOST) {
                found.add(new WrongValue(place, wanted));
            }
        }
    }
}
