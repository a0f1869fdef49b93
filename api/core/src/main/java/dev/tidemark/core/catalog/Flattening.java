package dev.tidemark.core.catalog;

import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Turns nested objects into properties with dotted labels: {@code {"a": {"b": 1}}} is property {@code a.b}. */
@SuppressWarnings("DoNotCallSuggester")
public final class Flattening {

    private Flattening() {}

    /**
     * Hands on each label and value, in the sender's order. Objects are opened to three levels; a deeper one is a value (a
     * Map). Null, {@code []}, {@code [null]} and {@code {}} make nothing. A label can come twice: {@code a.b} and {@code
     * b} in {@code a}.
     */
    public static void each(Map<String, @Nullable Object> properties, BiConsumer<String, Object> consumer) {
        throw new UnsupportedOperationException();
    }
}
