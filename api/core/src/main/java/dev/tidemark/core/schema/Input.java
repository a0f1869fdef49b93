package dev.tidemark.core.schema;

import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A mutation's argument {@code input}, or an object within it; that it fits the schema was checked before. */
public record Input(Map<String, @Nullable Object> values) {

    public static Input of(DataFetchingEnvironment environment) {
        return new Input(Objects.requireNonNull(environment.<Map<String, @Nullable Object>>getArgument("input")));
    }

    public String text(String name) {
        return (String) Objects.requireNonNull(values.get(name));
    }

    public List<?> list(String name) {
        return (List<?>) Objects.requireNonNull(values.get(name));
    }

    /** Empty when it is absent or null. */
    public Optional<Object> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** What was said, which may be nothing (null); where it was left out, what is there. */
    public <T> Optional<T> said(String name, Optional<T> there, Function<Object, T> reading) {
        return values.containsKey(name) ? value(name).map(reading) : there;
    }

    /** The objects of a list; none when it is absent. */
    @SuppressWarnings("unchecked") // GraphQL's input objects have strings as keys
    public List<Input> objects(String name) {
        return value(name).stream()
                .flatMap(list -> ((List<?>) list).stream())
                .flatMap(object -> Stream.of(new Input((Map<String, @Nullable Object>) object)))
                .toList();
    }
}
