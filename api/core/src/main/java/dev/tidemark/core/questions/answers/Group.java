package dev.tidemark.core.questions.answers;

import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Grouping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A group of an aggregate, as the schema has it.
 *
 * @param values of the question's groupings, then of its measures
 * @param then the same of the earlier time, if that was asked for
 * @param groups the group's own values of the groupings; of the rest: those of all others
 */
public record Group(
        Aggregate question,
        List<@Nullable Object> values,
        Optional<List<@Nullable Object>> then,
        List<List<@Nullable Object>> groups,
        boolean isRest) {

    public @Nullable Instant bucket() {
        return bucket(values);
    }

    public Map<String, @Nullable Object> group() {
        var named = new LinkedHashMap<String, @Nullable Object>();
        var first = firstBucket();
        for (int i = 0; i < question.groupings().size(); i++) {
            if (i != first) {
                named.put(question.groupings().get(i).name(), values.get(i));
            }
        }
        return named;
    }

    public Map<String, @Nullable Object> measures() {
        return question.measures(values);
    }

    public @Nullable EarlierGroup earlier() {
        return then.map(row -> new EarlierGroup(bucket(row), question.measures(row), measures()))
                .orElse(null);
    }

    /** Which rows are in it. */
    public Filter filter() {
        var among = new Filter.Or(groups.stream().map(this::filter).toList());
        return new Filter.And(List.of(question.filter(), isRest ? new Filter.Not(among) : among));
    }

    private Filter filter(List<@Nullable Object> group) {
        var all = new ArrayList<Filter>();
        for (int i = 0; i < group.size(); i++) {
            all.add(new Filter.InGroup(question.groupings().get(i), group.get(i)));
        }
        return new Filter.And(all);
    }

    private int firstBucket() {
        return IntStream.range(0, question.groupings().size())
                .filter(i -> question.groupings().get(i) instanceof Grouping.ByBucket)
                .findFirst()
                .orElse(-1);
    }

    private @Nullable Instant bucket(List<@Nullable Object> row) {
        var first = firstBucket();
        return first < 0 ? null : (Instant) row.get(first);
    }
}
