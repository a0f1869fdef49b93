package dev.tidemark.spi;

import java.util.Optional;

/**
 * May answer a question from another relation than the one it names: a rollup instead of a collection. Rewriters are
 * asked in the order of their modules' names until one answers; the rewritten question is final.
 */
@FunctionalInterface
public interface QuestionRewriter {

    /** The question that gives the same answer for less; empty: none. */
    Optional<Question> rewrite(Project project, Question question);
}
