package dev.tidemark.spi;

import graphql.schema.DataFetchingEnvironment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The arguments of a field, or the values of an input object, as GraphQL has coerced and checked them. */
public record Arguments(Map<String, @Nullable Object> values) {

    public static Arguments of(DataFetchingEnvironment environment) {
        return new Arguments(new LinkedHashMap<String, @Nullable Object>(environment.getArguments()));
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** Empty when it is absent or null. */
    public Optional<Object> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    public Optional<String> text(String name) {
        return value(name).map(Object::toString);
    }

    /** None when it is absent. */
    public List<String> texts(String name) {
        return value(name)
                .map(value -> ((List<?>) value).stream().map(String::valueOf).toList())
                .orElse(List.of());
    }

    /** Also of what was kept as JSON, where it may have become a long. */
    public Optional<Integer> number(String name) {
        return value(name).map(Number.class::cast).map(Number::intValue);
    }

    public boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    public String required(String name) {
        return Objects.requireNonNull(values.get(name)).toString();
    }

    public <E extends Enum<E>> Optional<E> constant(String name, Class<E> type) {
        return text(name).map(constant -> Enum.valueOf(type, constant));
    }

    public Optional<Arguments> object(String name) {
        return value(name).map(Arguments::object);
    }

    /**
     * The input objects of a list; none when it is absent.
     *
     * @throws CallerException when there are more than allowed
     */
    public List<Arguments> objects(String name, int most) {
        var list = value(name).map(value -> (List<?>) value).orElse(List.of());
        if (list.size() > most) {
            throw new CallerException(
                    ErrorCode.QUERY_TOO_COMPLEX,
                    name + " has " + list.size() + " entries, and " + most + " are allowed.",
                    name);
        }
        return list.stream().map(Objects::requireNonNull).map(Arguments::object).toList();
    }

    @SuppressWarnings("unchecked") // GraphQL's input objects have strings as keys
    private static Arguments object(Object value) {
        return new Arguments((Map<String, @Nullable Object>) value);
    }
}
