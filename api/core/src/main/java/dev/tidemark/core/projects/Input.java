package dev.tidemark.core.projects;

import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A mutation's argument {@code input}; that it fits the schema was checked before. */
record Input(Map<String, @Nullable Object> values) {

    static Input of(DataFetchingEnvironment environment) {
        return new Input(Objects.requireNonNull(environment.<Map<String, @Nullable Object>>getArgument("input")));
    }

    String text(String name) {
        return (String) Objects.requireNonNull(values.get(name));
    }

    List<?> list(String name) {
        return (List<?>) Objects.requireNonNull(values.get(name));
    }

    Optional<Object> value(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
