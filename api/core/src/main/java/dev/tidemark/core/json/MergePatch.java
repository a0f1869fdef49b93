package dev.tidemark.core.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON merge patch, by RFC 7396: members replace those of the same name, objects are merged, and null takes away. */
public record MergePatch(Map<String, @Nullable Object> members) {

    /** Changes nothing that is an object. */
    public static final MergePatch NONE = new MergePatch(Map.of());

    /** @param target what is no object is replaced */
    public Map<String, @Nullable Object> applied(@Nullable Object target) {
        return merged(target, members);
    }

    private static Map<String, @Nullable Object> merged(@Nullable Object target, Map<?, ?> patch) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        if (target instanceof Map<?, ?> object) {
            object.forEach((name, value) -> result.put((String) name, value));
        }
        patch.forEach((key, value) -> {
            var name = (String) key;
            if (value == null) {
                result.remove(name);
            } else if (value instanceof Map<?, ?> object) {
                result.put(name, merged(result.get(name), object));
            } else {
                result.put(name, value);
            }
        });
        return result;
    }
}
