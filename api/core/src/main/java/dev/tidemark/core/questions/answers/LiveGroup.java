package dev.tidemark.core.questions.answers;

import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.Answer;
import dev.tidemark.spi.LiveQuestion.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A group of an aggregate whose answer is followed, as the schema has it. */
public record LiveGroup(
        @Nullable Instant bucket,
        Map<String, @Nullable Object> group,
        Map<String, @Nullable Object> measures,
        boolean isRest,
        @Nullable EarlierGroup earlier) {

    public static Rows rows(Aggregate question, Answer answer) {
        var groups = Aggregation.of(question, answer).rows();
        return Rows.of(answer.freshness(), groups, LiveGroup::key, LiveGroup::of);
    }

    private static LiveGroup of(Group group) {
        return new LiveGroup(group.bucket(), group.group(), group.measures(), group.isRest(), group.earlier());
    }

    /** That of the rest is longer than any other. */
    private static List<@Nullable Object> key(Group group) {
        var groupings = group.question().groupings().size();
        List<@Nullable Object> key = new ArrayList<>(group.values().subList(0, groupings));
        if (group.isRest()) {
            key.add(null);
        }
        return key;
    }
}
