package dev.tidemark.core.catalog.names;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Turns nested objects into properties with dotted labels: {@code {"a": {"b": 1}}} is property {@code a.b}. */
public final class Flattening {

    private static final int LEVELS = 3;

    private Flattening() {}

    /**
     * Hands on each label and value, in the sender's order. Objects are opened to three levels; a deeper one is a value (a
     * Map). Null, {@code []}, {@code [null]} and {@code {}} make nothing. A label can come twice: {@code a.b} and {@code
     * b} in {@code a}.
     */
    public static void each(Map<String, @Nullable Object> properties, BiConsumer<String, Object> consumer) {
        each(properties, label -> false, consumer);
    }

    /** The same, except that the objects of some labels are values whatever their level. */
    public static void each(
            Map<String, ? extends @Nullable Object> properties,
            Predicate<String> whole,
            BiConsumer<String, Object> consumer) {
        properties.forEach((label, value) -> open(label, value, 1, whole, consumer));
    }

    private static void open(
            String label,
            @Nullable Object value,
            int level,
            Predicate<String> whole,
            BiConsumer<String, Object> consumer) {
        if (value == null || isEmpty(value)) {
            return;
        }
        if (value instanceof Map<?, ?> object && level < LEVELS && !whole.test(label)) {
            object.forEach((key, inner) -> open(label + "." + key, inner, level + 1, whole, consumer));
            return;
        }
        consumer.accept(label, value);
    }

    private static boolean isEmpty(Object value) {
        return switch (value) {
            case Map<?, ?> object -> object.isEmpty();
            case List<?> list -> list.stream().allMatch(Objects::isNull);
            default -> false;
        };
    }
}
