package dev.tidemark.spi;

import dev.tidemark.spi.Question.Having;
import dev.tidemark.spi.Question.Order;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Numbers about groups of rows.
 *
 * @param groupings none: one group of everything
 * @param measures at least one, with distinct names
 * @param having conditions on measures, by name; all must hold
 * @param order by names of groupings or measures; empty: by the groupings. By changes of measures only groups with rows of
 *     now are ordered, and there may be 10,000
 * @param fillGaps adds the time buckets in which nothing happened, between the filter's bounds (or, without them, the
 *     first and the last bucket found), for each combination of the other groupings found; with several groupings by
 *     bucket, those of the first
 * @param rest adds the numbers of all rows that are in none of the groups listed; needs {@code first}
 * @param earlier answers each group listed, and the rest, for an earlier time as well
 * @param approximate whether estimates will do, where they are there already
 */
public record Aggregate(
        List<String> relations,
        List<Grouping> groupings,
        List<Measure> measures,
        Filter filter,
        List<Having> having,
        List<Order> order,
        OptionalInt first,
        boolean fillGaps,
        boolean rest,
        Optional<Earlier> earlier,
        boolean approximate)
        implements Question {

    public Aggregate {
        relations = List.copyOf(relations);
        groupings = List.copyOf(groupings);
        measures = List.copyOf(measures);
        having = List.copyOf(having);
        order = List.copyOf(order);
    }

    /** The measures of all rows that pass, as one group. */
    public static Aggregate of(List<String> relations, Filter filter, List<Measure> measures) {
        return new Aggregate(
                relations,
                List.of(),
                measures,
                filter,
                List.of(),
                List.of(),
                OptionalInt.empty(),
                false,
                false,
                Optional.empty(),
                false);
    }

    /** The same, asked of other rows. */
    public Aggregate where(Filter other) {
        return new Aggregate(
                relations, groupings, measures, other, having, order, first, fillGaps, rest, earlier, approximate);
    }

    /** The same in groups. */
    public Aggregate by(List<Grouping> others) {
        return new Aggregate(
                relations, others, measures, filter, having, order, first, fillGaps, rest, earlier, approximate);
    }

    /** The same of all groups, in the order of the groupings. */
    public Aggregate all() {
        return new Aggregate(
                relations,
                groupings,
                measures,
                filter,
                having,
                List.of(),
                OptionalInt.empty(),
                fillGaps,
                rest,
                earlier,
                approximate);
    }

    /** The same with other measures. */
    public Aggregate measured(List<Measure> others) {
        return new Aggregate(
                relations, groupings, others, filter, having, order, first, fillGaps, rest, earlier, approximate);
    }

    /** The same in another order, at most so many groups of it. */
    public Aggregate first(int most, List<Order> others) {
        return new Aggregate(
                relations,
                groupings,
                measures,
                filter,
                having,
                others,
                OptionalInt.of(most),
                fillGaps,
                rest,
                earlier,
                approximate);
    }

    /** The measures of a row of the answer by their names, as JSON has them. */
    public Map<String, @Nullable Object> measures(List<@Nullable Object> row) {
        var named = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < measures.size(); i++) {
            named.put(measures.get(i).name(), json(row.get(groupings.size() + i)));
        }
        return named;
    }

    private static @Nullable Object json(@Nullable Object value) {
        return value instanceof List<?> tops
                ? tops.stream().map(Answer.Top.class::cast).map(Aggregate::json).toList()
                : value;
    }

    private static Map<String, Object> json(Answer.Top top) {
        var named = new LinkedHashMap<String, Object>();
        named.put("value", top.value());
        named.put("count", top.count());
        return named;
    }
}
