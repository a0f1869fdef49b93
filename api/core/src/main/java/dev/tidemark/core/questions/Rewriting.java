package dev.tidemark.core.questions;

import dev.tidemark.core.questions.QuestionEngine.NamedRewriter;
import dev.tidemark.spi.Answer;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Question;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets modules answer questions from other relations; the first that can does. */
record Rewriting(List<NamedRewriter> rewriters) {

    private static final Logger LOG = LoggerFactory.getLogger(Rewriting.class);

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
            return rewriter.map(named -> Rewriting.holds(named, answer)).orElse(true);
        }
    }

    Asked of(Project project, Question question) {
        return rewriters.stream()
                .flatMap(named -> rewritten(named, project, question).stream())
                .findFirst()
                .orElse(new Asked(question, Optional.empty()));
    }

    /** Only saves work: what fails in it is passed over. */
    private static Optional<Asked> rewritten(NamedRewriter named, Project project, Question question) {
        try {
            return named.rewriter().rewrite(project, question).map(other -> new Asked(other, Optional.of(named)));
        } catch (CallerException e) {
            throw e;
        } catch (Exception | Error e) {
            report(named, e);
            return Optional.empty();
        }
    }

    private static boolean holds(NamedRewriter named, Answer answer) {
        try {
            return named.rewriter().holds(answer);
        } catch (Exception | Error e) {
            report(named, e);
            return false;
        }
    }

    private static void report(NamedRewriter named, Throwable fault) {
        LOG.error("Fault {}: a rewriter of module {} failed.", UUID.randomUUID(), named.module(), fault);
    }
}
