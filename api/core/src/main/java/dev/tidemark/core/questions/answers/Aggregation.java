package dev.tidemark.core.questions.answers;

import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an aggregate, as the schema has it.
 *
 * @param question what it answers
 * @param rows the groups listed, then the rest
 */
public record Aggregation(
        Aggregate question, List<Group> rows, @Nullable Freshness freshness) {

    /** Not answered, since nobody asked for more than how it would be. */
    public static Aggregation unanswered(Aggregate question) {
        return new Aggregation(question, List.of(), null);
    }

    public static Aggregation of(Aggregate question, Answer answer) {
        var rows = new ArrayList<Group>();
        IntStream.range(0, answer.rows().size())
                .mapToObj(i -> listed(question, answer, i))
                .forEach(rows::add);
        answer.rest().map(row -> rest(question, answer, row)).ifPresent(rows::add);
        return new Aggregation(question, rows, Freshness.of(answer.freshness()));
    }

    private static Group listed(Aggregate question, Answer answer, int place) {
        var row = answer.rows().get(place);
        var then = answer.earlier().map(earlier -> earlier.rows().get(place));
        return new Group(question, row, then, List.of(groupings(question, row)), false);
    }

    private static Group rest(Aggregate question, Answer answer, List<@Nullable Object> row) {
        var listed =
                answer.rows().stream().map(other -> groupings(question, other)).toList();
        return new Group(question, row, answer.earlier().flatMap(Answer.Counterparts::rest), listed, true);
    }

    private static List<@Nullable Object> groupings(Aggregate question, List<@Nullable Object> row) {
        return row.subList(0, question.groupings().size());
    }
}
