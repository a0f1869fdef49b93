package dev.tidemark.spi;

import dev.tidemark.spi.Answer.Freshness;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A question that is asked again whenever what it reads has changed, for those who follow its answer: a field of GraphQL's type
 * {@code Live}.
 *
 * @param identity what is asked; equal ones of one field and project are asked once for all who follow them
 * @param reads what it reads; none: whatever there is
 * @param ask answers it from what is committed now; called again and again, by one thread at a time
 */
public record LiveQuestion(Object identity, List<Read> reads, Supplier<Rows> ask) {

    public LiveQuestion {
        reads = List.copyOf(reads);
    }

    /**
     * What a question reads of a relation.
     *
     * @param relation by name
     * @param filter passes every row that can make a difference to the answer; it may pass others too
     * @param dependsOnPeople whether the answer may be another one when ids come to be of other people, or when what is known of
     *     people changes
     */
    public record Read(String relation, Filter filter, boolean dependsOnPeople) {

        /** All rows of relations, and the people behind them. */
        public static List<Read> all(List<String> relations) {
            return all(relations, true);
        }

        /** All rows of relations. */
        public static List<Read> all(List<String> relations, boolean dependsOnPeople) {
            return relations.stream()
                    .map(relation -> new Read(relation, Filter.ALL, dependsOnPeople))
                    .toList();
        }
    }

    /**
     * An answer.
     *
     * @param byKey rows in their order, each by what tells it from the others; rows that are equal have not changed. A row's class
     *     has the simple name of its type, a member of GraphQL's union {@code LiveValue}
     */
    public record Rows(Freshness freshness, Map<String, Object> byKey) {

        public Rows {
            byKey = Collections.unmodifiableMap(new LinkedHashMap<>(byKey));
        }

        /** @param key the values that tell a row from the others, the same for it in each answer */
        public static <R> Rows of(Freshness freshness, List<R> rows, Function<R, List<@Nullable Object>> key) {
            return of(freshness, rows, key, row -> row);
        }

        /** @param value the row as the schema has it */
        public static <R> Rows of(
                Freshness freshness,
                List<R> rows,
                Function<R, List<@Nullable Object>> key,
                Function<R, ? extends Object> value) {
            Map<String, Object> byKey = new LinkedHashMap<>();
            rows.forEach(row -> byKey.put(text(key.apply(row)), value.apply(row)));
            return new Rows(freshness, byKey);
        }

        /** Each value behind its length, so that other values never make the same text. */
        private static String text(List<@Nullable Object> key) {
            return key.stream()
                    .map(value -> value == null ? "-" : value.toString().length() + ":" + value)
                    .collect(Collectors.joining(","));
        }
    }
}
