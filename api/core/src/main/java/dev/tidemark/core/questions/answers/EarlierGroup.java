package dev.tidemark.core.questions.answers;

import dev.tidemark.core.questions.aggregates.Change;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a group was at an earlier time, as the schema has it.
 *
 * @param measures of then
 * @param now the measures of the later time
 */
public record EarlierGroup(
        @Nullable Instant bucket, Map<String, @Nullable Object> measures, Map<String, @Nullable Object> now) {

    /** Now less then. */
    public Map<String, @Nullable Object> change() {
        return compared(Change::of);
    }

    /** The change by what it changed from. */
    public Map<String, @Nullable Object> growth() {
        return compared(Change::growth);
    }

    private Map<String, @Nullable Object> compared(
            BiFunction<@Nullable Object, @Nullable Object, @Nullable Number> comparison) {
        var compared = new LinkedHashMap<String, @Nullable Object>();
        now.forEach((name, later) -> compared.put(name, comparison.apply(later, measures.get(name))));
        return compared;
    }
}
