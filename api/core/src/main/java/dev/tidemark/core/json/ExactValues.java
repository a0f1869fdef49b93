package dev.tidemark.core.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings values from elsewhere into the types that {@link StrictJsonReader} gives. */
public final class ExactValues {

    private ExactValues() {}

    /** The same members, in the same order. */
    public static Map<String, @Nullable Object> of(Map<?, ?> object) {
        Map<String, @Nullable Object> exact = LinkedHashMap.newLinkedHashMap(object.size());
        object.forEach((name, value) -> exact.put(String.valueOf(name), of(value)));
        return exact;
    }

    private static @Nullable Object of(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> object -> of(object);
            case List<?> list -> {
                List<@Nullable Object> exact = new ArrayList<>(list.size());
                list.forEach(element -> exact.add(of(element)));
                yield exact;
            }
            case Integer number -> number.longValue();
            case BigInteger number -> JsonNumbers.smallest(number);
            case BigDecimal number -> JsonNumbers.smallest(number);
            default -> value;
        };
    }
}
