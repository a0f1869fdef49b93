package dev.tidemark.imports.files;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Members of objects within an object, which a mapping names by their path, such as {@code properties.time}: properties are named
 * so once they are stored.
 */
record NestedMembers(List<String> paths) {

    static NestedMembers of(Stream<String> names) {
        return new NestedMembers(names.filter(name -> name.indexOf('.') > 0).toList());
    }

    /** Makes each a member of the object itself, by its path, unless that is one already. */
    void lift(Map<String, @Nullable Object> object) {
        for (var path : paths) {
            if (!object.containsKey(path)) {
                var value = take(object, path);
                if (value != null) {
                    object.put(path, value);
                }
            }
        }
    }

    private static @Nullable Object take(Map<String, @Nullable Object> object, String path) {
        if (object.containsKey(path)) {
            return object.remove(path);
        }
        for (var dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
            if (object.get(path.substring(0, dot)) instanceof Map<?, ?> inner) {
                var value = take(named(inner), path.substring(dot + 1));
                if (value != null) {
                    if (inner.isEmpty()) {
                        object.remove(path.substring(0, dot));
                    }
                    return value;
                }
            }
        }
        return null;
    }

    /** The keys of an object of JSON are strings. */
    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> named(Map<?, ?> object) {
        return (Map<String, @Nullable Object>) object;
    }
}
