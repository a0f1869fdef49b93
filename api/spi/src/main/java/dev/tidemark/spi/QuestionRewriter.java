package dev.tidemark.spi;

import java.util.Optional;

/**
 * May answer a question from another relation than the one it names: a rollup instead of a collection. Rewriters are
 * asked in the order of their modules' names until one answers; the rewritten question is not rewritten again.
 */
@FunctionalInterface
public interface QuestionRewriter {

    /** The question that gives the same answer for less; empty: none. */
    Optional<Question> rewrite(Project project, Question question);

    /** Whether the answer to a question that it made is also that of the one before; where it is not, that one is asked. */
    default boolean holds(Answer answer) {
        return true;
    }
}
