package dev.tidemark.customers.properties;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.ValueSize;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A customer's properties while they are changed. */
final class Draft {

    private static final int LONGEST_LIST = 10_000;
    private static final int MOST_PROPERTIES = 10_000;

    /** A customer is read whole, and whoever cannot be read can be neither changed nor merged, nor can those after them. */
    private static final long MOST_BYTES = 1 << 20;

    private final Map<String, Object> before;
    private final UnaryOperator<String> names;
    private Map<String, @Nullable Object> changed = new LinkedHashMap<>();

    /**
     * @param before values by labels
     * @param names the one label of a property, by any spelling of it
     */
    Draft(Map<String, Object> before, UnaryOperator<String> names) {
        this.before = before;
        this.names = names;
    }

    /** What has changed so far: values by labels, null for what is gone. */
    Map<String, @Nullable Object> changed() {
        return changed;
    }

    /** @throws CallerException with the path of what does not fit; nothing of the change is taken then */
    void apply(CustomerChange change) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>(changed);
        try {
            change.set().forEach(this::put);
            change.setOnce().forEach((label, value) -> {
                if (value(label) == null) {
                    put(label, value);
                }
            });
            change.increment().forEach(this::increment);
            change.append().forEach((label, values) -> append(label, (List<?>) values));
            change.unset().forEach(label -> changed.put(names.apply(label), null));
            requireFew();
            requireSmall(kept);
        } catch (CallerException e) {
            changed = kept;
            throw e;
        }
    }

    private void increment(String label, Object by) {
        var value = value(label);
        if (!(by instanceof Number added)) {
            throw refused("\"" + label + "\" is incremented by a number.", "increment", label);
        }
        if (value != null && !(value instanceof Number)) {
            throw refused("\"" + label + "\" is no number and cannot be incremented: set it.", "increment", label);
        }
        put(label, value == null ? added : sum((Number) value, added));
    }

    private void append(String label, List<?> values) {
        var value = value(label);
        if (value != null && !(value instanceof List)) {
            throw refused("\"" + label + "\" is no list and nothing can be appended: set it.", "append", label);
        }
        List<@Nullable Object> list = value == null ? new ArrayList<>() : new ArrayList<>((List<?>) value);
        list.addAll(values);
        if (list.size() > LONGEST_LIST) {
            throw refused("\"" + label + "\" would have more than " + LONGEST_LIST + " values.", "append", label);
        }
        put(label, Collections.unmodifiableList(list));
    }

    /** Senders could go on for ever. */
    private void requireFew() {
        if (before.size() + changed.size() > MOST_PROPERTIES) {
            var all = new HashSet<>(before.keySet());
            changed.forEach((label, value) -> {
                if (value == null) {
                    all.remove(label);
                } else {
                    all.add(label);
                }
            });
            if (all.size() > MOST_PROPERTIES) {
                throw refused("A customer has at most " + MOST_PROPERTIES + " properties: unset some first.");
            }
        }
    }

    /** Who is too large can become smaller. */
    private void requireSmall(Map<String, @Nullable Object> earlier) {
        var bytes = bytes(changed);
        if (bytes > MOST_BYTES && bytes > bytes(earlier)) {
            throw refused("A customer's properties have at most 1 MB: unset some first, or set shorter ones.");
        }
    }

    private long bytes(Map<String, @Nullable Object> written) {
        var all = new HashMap<String, @Nullable Object>(before);
        all.putAll(written);
        return ValueSize.of(all);
    }

    private void put(String label, Object value) {
        changed.put(names.apply(label), value);
    }

    private @Nullable Object value(String label) {
        var name = names.apply(label);
        return changed.containsKey(name) ? changed.get(name) : before.get(name);
    }

    /** Whole numbers stay exact, however large. */
    private static Number sum(Number one, Number other) {
        var sum = new BigDecimal(one.toString()).add(new BigDecimal(other.toString()));
        if (one instanceof Double || other instanceof Double) {
            return sum.doubleValue();
        }
        return isWhole(one) && isWhole(other) ? whole(sum.toBigIntegerExact()) : sum;
    }

    private static boolean isWhole(Number number) {
        return number instanceof Long || number instanceof BigInteger;
    }

    private static Number whole(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
    }

    private static CallerException refused(String sentence, String... path) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, sentence, path);
    }
}
