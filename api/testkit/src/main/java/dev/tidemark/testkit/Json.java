package dev.tidemark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Steps into an answer. What is not there, or is null, is a failed assertion, so that who waits for it goes on waiting. */
public final class Json {

    private Json() {}

    /** The object at the end of the path of fields; of an empty path, the one given. */
    public static Map<String, @Nullable Object> object(Map<String, @Nullable Object> from, String... path) {
        var at = from;
        for (var step : path) {
            at = object(there(at, step));
        }
        return at;
    }

    /** What is known to be an object. */
    @SuppressWarnings("unchecked") // GraphQL's objects have strings as keys
    public static Map<String, @Nullable Object> object(@Nullable Object value) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(value);
    }

    /** The objects of the list in a field. */
    public static List<Map<String, @Nullable Object>> list(Map<String, @Nullable Object> from, String field) {
        return ((List<?>) there(from, field)).stream().map(Json::object).toList();
    }

    /** The text at the end of the path of fields. */
    public static String text(Map<String, @Nullable Object> from, String... path) {
        var last = path.length - 1;
        return there(object(from, Arrays.copyOf(path, last)), path[last]).toString();
    }

    private static Object there(Map<String, @Nullable Object> from, String field) {
        var value = from.get(field);
        assertThat(value).as("%s of %s", field, from).isNotNull();
        return Objects.requireNonNull(value);
    }
}
