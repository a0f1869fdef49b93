package dev.tidemark.core.typed;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Steps into an answer. */
final class Json {

    private Json() {}

    static Map<String, @Nullable Object> object(Map<String, @Nullable Object> from, String... path) {
        var at = from;
        for (var step : path) {
            at = object(at.get(step));
        }
        return at;
    }

    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> object(@Nullable Object value) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(value);
    }

    static List<Map<String, @Nullable Object>> list(Map<String, @Nullable Object> from, String field) {
        return ((List<?>) Objects.requireNonNull(from.get(field)))
                .stream().map(Json::object).toList();
    }
}
