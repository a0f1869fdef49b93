package dev.tidemark.core.questions.answers;

import dev.tidemark.spi.Answer;
import dev.tidemark.spi.Connection;
import dev.tidemark.spi.Connection.Edge;
import dev.tidemark.spi.Connection.PageInfo;
import dev.tidemark.spi.Question;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A page, as the schema has it.
 *
 * @param question what it answers
 */
public record AnsweredPage<N>(Connection<N> page, Question question, Freshness freshness) {

    public List<Edge<N>> edges() {
        return page.edges();
    }

    public List<N> nodes() {
        return page.nodes();
    }

    public PageInfo pageInfo() {
        return page.pageInfo();
    }

    /**
     * @param answer what the page was made of
     * @param found what was found, one more than the page holds if there is one
     * @param isLater whether the page follows another
     */
    public static <N> AnsweredPage<N> of(
            Question question, Answer answer, List<N> found, int first, IntFunction<String> cursor, boolean isLater) {
        return new AnsweredPage<>(
                Connection.of(found, first, cursor, isLater), question, Freshness.of(answer.freshness()));
    }
}
