package dev.tidemark.rollups.sketches;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How often the most frequent values occur, by at most 1000 counters (Misra and Gries 1982; merged as in Agarwal et al.,
 * "Mergeable Summaries", 2012), stored as the PostgreSQL extension topn does: an object of counts by value. When there are more
 * values, what the 1001st has is taken from all, so each count is too low by at most the number of all values divided by
 * 1001, in whatever order sketches were merged; of at most 1000 different values the counts are exact.
 */
public final class TopSketch implements Sketch {

    public static final int MOST = 1_000;

    /** By how much of all values a count can be too low. */
    public static final double ERROR = 1.0 / (MOST + 1);

    /** While values are added there may be more counters, so that they are seldom cut. */
    private static final int ROOM = 4 * MOST;

    /** In memory, beside its value, about. */
    private static final long COUNTER_BYTES = 150;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Long> counters = new HashMap<>();
    private long values;

    /** Of all counters. */
    private long characters;

    @Override
    public void add(Object value) {
        add(value.toString(), 1);
    }

    @Override
    public void merge(Object stored) {
        read(stored).forEach(this::add);
    }

    @Override
    public String stored() {
        try {
            return JSON.writeValueAsString(counters());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is stored, before it is written as JSON. */
    public Map<String, Long> counters() {
        cut();
        return Collections.unmodifiableMap(counters);
    }

    @Override
    public boolean agrees(Object stored) {
        cut();
        var others = read(stored);
        return Stream.concat(counters.keySet().stream(), others.keySet().stream())
                .allMatch(value ->
                        Math.abs(counters.getOrDefault(value, 0L) - others.getOrDefault(value, 0L)) <= ERROR * values);
    }

    @Override
    public long bytes() {
        return COUNTER_BYTES * counters.size() + characters;
    }

    /** The most frequent first, equals in the order of their values. */
    public List<Map.Entry<String, Long>> top(int n, Comparator<String> order) {
        cut();
        return counters.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry::getKey, order))
                .limit(n)
                .toList();
    }

    private void add(String value, long count) {
        values += count;
        if (counters.merge(value, count, Long::sum) == count) {
            characters += value.length();
        }
        if (counters.size() > ROOM) {
            cut();
        }
    }

    private static Map<String, Long> read(Object stored) {
        try {
            return JSON.readValue((String) stored, new TypeReference<Map<String, Long>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Counters were stored as JSON.", e);
        }
    }

    private void cut() {
        if (counters.size() > MOST) {
            var beyond = counters.values().stream()
                    .sorted(Comparator.reverseOrder())
                    .skip(MOST)
                    .findFirst()
                    .orElseThrow();
            counters.replaceAll((value, count) -> count - beyond);
            counters.values().removeIf(count -> count <= 0);
            characters = counters.keySet().stream().mapToLong(String::length).sum();
        }
    }
}
