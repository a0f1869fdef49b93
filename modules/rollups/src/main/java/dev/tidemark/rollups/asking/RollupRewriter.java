package dev.tidemark.rollups.asking;

import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.rows.EventRows;
import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.Answer;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.People;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Question;
import dev.tidemark.spi.QuestionRewriter;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Relation;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Answers questions about a collection from the rollup of it that has the longest buckets and the fewest dimensions for it. */
public final class RollupRewriter implements QuestionRewriter {

    private static final Comparator<Rollup> COARSEST = Comparator.comparing(
                    (Rollup rollup) -> rollup.bucket().length())
            .reversed()
            .thenComparingInt(rollup -> rollup.dimensions().size())
            .thenComparing(Rollup::name);

    private final Questions questions;
    private final People people;
    private final Clock clock;

    public RollupRewriter(Questions questions, People people, Clock clock) {
        this.questions = questions;
        this.people = people;
        this.clock = clock;
    }

    @Override
    public Optional<Question> rewrite(Project project, Question question) {
        return question instanceof Aggregate aggregate
                        && aggregate.relations().size() == 1
                        && aggregate.earlier().isEmpty()
                ? rewrite(project, aggregate)
                : Optional.empty();
    }

    /** A text that stands shortened in a rollup has to be looked for in the events. */
    @Override
    public boolean holds(Answer answer) {
        return !RollupRelation.hasShortened(answer);
    }

    private Optional<Question> rewrite(Project project, Aggregate question) {
        return ready(project).stream()
                .filter(rollup ->
                        rollup.collection().equals(question.relations().getFirst()))
                .filter(rollup -> !rollup.isOfPersons() || knowsPersons(project, rollup))
                .sorted(COARSEST)
                .flatMap(rollup -> substituted(project, rollup, question).stream())
                .findFirst();
    }

    /** Whether it has followed all who turned out to be others. */
    private boolean knowsPersons(Project project, Rollup rollup) {
        return !people.areMerged(project) || questions.read(project, snapshot -> TailStore.isSettled(snapshot, rollup));
    }

    private Optional<Question> substituted(Project project, Rollup rollup, Aggregate question) {
        try {
            var events = questions.sqlRelation(project, List.of(rollup.collection()));
            var _ = new EventRows(rollup, events);
            return new Substitution(rollup, events, clock.instant())
                    .of(question)
                    .filter(other -> keeps(project, rollup, other))
                    .map(other -> other);
        } catch (CallerException e) {
            return Optional.empty();
        }
    }

    /** Whether nothing that is asked for is gone: the clock of the leader, which dropped it, may be another. */
    private boolean keeps(Project project, Rollup rollup, Aggregate other) {
        return rollup.keep().isEmpty()
                || questions.read(project, snapshot -> TailStore.keptFrom(snapshot, rollup)).stream()
                        .allMatch(from -> Cuts.isSince(from, other));
    }

    /** A collection that came later has the name first. */
    private List<Rollup> ready(Project project) {
        var found = new LinkedHashMap<String, Relation>();
        questions.relations(project).forEach(relation -> found.putIfAbsent(relation.name(), relation));
        return found.values().stream()
                .flatMap(relation -> relation instanceof RollupRelation rollup && rollup.isReady()
                        ? Stream.of(rollup.rollup())
                        : Stream.empty())
                .toList();
    }
}
