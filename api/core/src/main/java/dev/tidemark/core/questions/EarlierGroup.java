package dev.tidemark.core.questions;

import java.math.BigDecimal;
import java.math.BigInteger;
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
        return compared(EarlierGroup::difference);
    }

    /** The change by what it changed from. */
    public Map<String, @Nullable Object> growth() {
        return compared((later, earlier) -> earlier.doubleValue() == 0
                ? null
                : (Double) ((later.doubleValue() - earlier.doubleValue()) / Math.abs(earlier.doubleValue())));
    }

    private Map<String, @Nullable Object> compared(BiFunction<Number, Number, @Nullable Number> comparison) {
        var compared = new LinkedHashMap<String, @Nullable Object>();
        now.forEach((name, later) -> compared.put(
                name,
                later instanceof Number a && measures.get(name) instanceof Number b ? comparison.apply(a, b) : null));
        return compared;
    }

    private static Number difference(Number later, Number earlier) {
        if (later instanceof Double || earlier instanceof Double) {
            return later.doubleValue() - earlier.doubleValue();
        }
        var exact = new BigDecimal(later.toString()).subtract(new BigDecimal(earlier.toString()));
        return later instanceof BigDecimal || earlier instanceof BigDecimal ? exact : whole(exact.toBigInteger());
    }

    private static Number whole(BigInteger exact) {
        return exact.bitLength() < Long.SIZE ? (Number) exact.longValue() : exact;
    }
}
