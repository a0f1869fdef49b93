package dev.tidemark.core.questions;

import dev.tidemark.core.questions.QuestionEngine.NamedRewriter;
import dev.tidemark.spi.Answer;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Question;
import java.util.List;
import java.util.Optional;

/** Lets modules answer questions from other relations; the first that can does. */
record Rewriting(List<NamedRewriter> rewriters) {

    Rewriting {
        rewriters = List.copyOf(rewriters);
    }

    /**
     * What is asked instead.
     *
     * @param rewriter whose it is; empty: it is the question itself
     */
    record Asked(Question question, Optional<NamedRewriter> rewriter) {

        /** Whether the answer is that of the question it was made of. */
        boolean holds(Answer answer) {
            return rewriter.map(named -> named.rewriter().holds(answer)).orElse(true);
        }
    }

    Asked of(Project project, Question question) {
        return rewriters.stream()
                .flatMap(named -> named.rewriter().rewrite(project, question).stream()
                        .map(other -> new Asked(other, Optional.of(named))))
                .findFirst()
                .orElse(new Asked(question, Optional.empty()));
    }
}
