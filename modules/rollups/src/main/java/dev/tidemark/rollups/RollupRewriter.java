package dev.tidemark.rollups;

import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.QuestionRewriter;
import dev.tidemark.spi.Questions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Answers questions about a collection from the rollup of it that has the longest buckets and the fewest dimensions for it. */
final class RollupRewriter implements QuestionRewriter {

    private static final Comparator<Rollup> COARSEST = Comparator.comparing(
                    (Rollup rollup) -> rollup.bucket().length())
            .reversed()
            .thenComparingInt(rollup -> rollup.dimensions().size())
            .thenComparing(Rollup::name);

    private final Questions questions;
    private final KnownRollups known;

    RollupRewriter(Questions questions, KnownRollups known) {
        this.questions = questions;
        this.known = known;
    }

    @Override
    public Optional<Question> rewrite(Project project, Question question) {
        return question instanceof Aggregate aggregate
                        && aggregate.relations().size() == 1
                        && aggregate.earlier().isEmpty()
                ? rewrite(project, aggregate)
                : Optional.empty();
    }

    private Optional<Question> rewrite(Project project, Aggregate question) {
        return known.ready(project).stream()
                .filter(rollup ->
                        rollup.collection().equals(question.relations().getFirst()))
                .sorted(COARSEST)
                .flatMap(rollup -> substituted(project, rollup, question).stream())
                .findFirst();
    }

    private Optional<Question> substituted(Project project, Rollup rollup, Aggregate question) {
        try {
            var events = questions.sqlRelation(project, List.of(rollup.collection()));
            var _ = new RollupSql(rollup, events);
            return new Substitution(rollup, events)
                    .of(question)
                    .filter(other -> isFound(project, rollup))
                    .map(other -> other);
        } catch (CallerException e) {
            return Optional.empty();
        }
    }

    /** A collection that came later has the name first. */
    private boolean isFound(Project project, Rollup rollup) {
        return questions.relations(project).stream()
                .filter(relation -> relation.name().equals(rollup.name()))
                .findFirst()
                .filter(RollupRelation.class::isInstance)
                .isPresent();
    }
}
