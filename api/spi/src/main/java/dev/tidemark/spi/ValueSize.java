package dev.tidemark.spi;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much memory values take that were read, so that who keeps some keeps not too many. */
public final class ValueSize {

    /** An object that has one value, and its place in another. */
    private static final long OBJECT = 24;

    private ValueSize() {}

    /** @return about as many bytes: of text as many as it has characters, and what is around it; of lists and maps all in them */
    public static long of(@Nullable Object value) {
        return switch (value) {
            case String text -> OBJECT + text.length();
            case byte[] bytes -> OBJECT + bytes.length;
            case List<?> list -> OBJECT + list.stream().mapToLong(ValueSize::of).sum();
            case Map<?, ?> map ->
                OBJECT
                        + map.entrySet().stream()
                                .mapToLong(entry -> OBJECT + of(entry.getKey()) + of(entry.getValue()))
                                .sum();
            case null, default -> OBJECT;
        };
    }
}
