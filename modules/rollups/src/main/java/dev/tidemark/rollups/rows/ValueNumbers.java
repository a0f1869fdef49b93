package dev.tidemark.rollups.rows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers the values of one dimension in the order in which they come, from 0 on; that there is none is one too. */
final class ValueNumbers {

    private final Map<@Nullable Object, Integer> numbers = new HashMap<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    @Nullable
    Object value(int number) {
        return values.get(number);
    }

    /** The number that a value has, or gets. */
    int of(@Nullable Object value) {
        var known = numbers.get(value);
        if (known != null) {
            return known;
        }
        numbers.put(value, values.size());
        values.add(value);
        return values.size() - 1;
    }
}
