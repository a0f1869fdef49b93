package dev.tidemark.core.questions.events;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Whether two values of JSON are the same to PostgreSQL's {@code jsonb}: numbers by their value, objects in any order. */
final class JsonEquality {

    private JsonEquality() {}

    static boolean test(@Nullable Object first, @Nullable Object second) {
        if (first instanceof Number a && second instanceof Number b) {
            return new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString())) == 0;
        }
        if (first instanceof Map<?, ?> a && second instanceof Map<?, ?> b) {
            return a.keySet().equals(b.keySet()) && a.keySet().stream().allMatch(key -> test(a.get(key), b.get(key)));
        }
        if (first instanceof List<?> a && second instanceof List<?> b) {
            return a.size() == b.size()
                    && IntStream.range(0, a.size()).allMatch(place -> test(a.get(place), b.get(place)));
        }
        return Objects.equals(first, second);
    }
}
