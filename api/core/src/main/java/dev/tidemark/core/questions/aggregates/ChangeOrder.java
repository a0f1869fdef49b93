package dev.tidemark.core.questions.aggregates;

import dev.tidemark.core.questions.aggregates.Groups.Group;
import dev.tidemark.core.questions.sql.ValueOrder;
import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.Question.Order;
import dev.tidemark.spi.Question.OrderedValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The order of groups by how they changed. It is found here, since PostgreSQL is asked for now and then one by one. */
record ChangeOrder(Aggregate question) {

    static boolean isAskedBy(Aggregate question) {
        return question.order().stream().anyMatch(order -> order.value() != OrderedValue.VALUE);
    }

    private record Keyed(Group group, List<@Nullable Object> keys) {}

    /**
     * As many of the groups as are asked for, in their order.
     *
     * @param then what each of them was at the earlier time
     */
    List<Group> first(List<Group> groups, List<List<@Nullable Object>> then) {
        return IntStream.range(0, groups.size())
                .mapToObj(i -> new Keyed(groups.get(i), keys(groups.get(i).values(), then.get(i))))
                .sorted(Comparator.comparing(Keyed::keys, order()))
                .limit(question.first().orElse(Groups.MOST))
                .map(Keyed::group)
                .toList();
    }

    /** What is asked for, and the groupings where that leaves a choice. */
    private List<@Nullable Object> keys(List<@Nullable Object> now, List<@Nullable Object> then) {
        var keys = new ArrayList<@Nullable Object>();
        question.order().forEach(order -> keys.add(key(order, now, then)));
        keys.addAll(now.subList(0, question.groupings().size()));
        return keys;
    }

    private @Nullable Object key(Order order, List<@Nullable Object> now, List<@Nullable Object> then) {
        var place = AggregateCheck.names(question).indexOf(order.by());
        return switch (order.value()) {
            case VALUE -> now.get(place);
            case CHANGE -> Change.of(now.get(place), then.get(place));
            case GROWTH -> Change.growth(now.get(place), then.get(place));
        };
    }

    private Comparator<List<@Nullable Object>> order() {
        var asked = question.order().size();
        return IntStream.range(0, asked + question.groupings().size())
                .mapToObj(i ->
                        ValueOrder.of(i, i < asked && question.order().get(i).descending()))
                .reduce(Comparator::thenComparing)
                .orElseThrow();
    }
}
