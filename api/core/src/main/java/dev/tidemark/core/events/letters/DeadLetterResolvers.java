package dev.tidemark.core.events.letters;

import dev.tidemark.core.events.admission.DeadLetter;
import dev.tidemark.core.events.ingestion.CollectResolvers;
import dev.tidemark.core.schema.PageSize;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.GlobalId;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Refusal;
import graphql.schema.DataFetchingEnvironment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** GraphQL's side of dead letters. */
public final class DeadLetterResolvers {

    private static final int MOST = 200;

    private final DeadLetters letters;

    public DeadLetterResolvers(DeadLetters letters) {
        this.letters = letters;
    }

    public Page deadLetters(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        var first = PageSize.of(environment, MOST);
        var input = new LetterInput(project, environment.getArguments());
        var after = input.after();
        var rows = letters.latest(project, input.where(), after.orElse(Long.MAX_VALUE), first + 1);
        var edges = rows.stream().limit(first).map(row -> edge(project, row)).toList();
        var info = new PageInfo(
                rows.size() > first,
                after.isPresent(),
                edges.isEmpty() ? null : edges.getFirst().cursor(),
                edges.isEmpty() ? null : edges.getLast().cursor());
        return new Page(edges, edges.stream().map(Edge::node).toList(), info);
    }

    public Optional<DeadLetter> deadLetter(Caller caller, String local) {
        var project = caller.project();
        return GlobalId.number(local)
                .flatMap(id -> letters.find(project, id))
                .map(row -> edge(project, row).node());
    }

    public long notKept(DataFetchingEnvironment environment) {
        return letters.notKept(Caller.of(environment).project());
    }

    public Result retry(DataFetchingEnvironment environment) {
        var caller = Caller.of(environment);
        var project = caller.project();
        var retry = input(project, environment).retry();
        var retried = letters.retry(caller, retry);
        return new Result(
                retried.stored(),
                retried.duplicates(),
                retried.refused(),
                retried.first().stream()
                        .map(one -> Told.of(LetterInput.id(project, one.id()), one.outcome(), retry.dryRun()))
                        .toList(),
                retried.stoppedAfter().isPresent()
                        ? LetterInput.id(project, retried.stoppedAfter().getAsLong())
                        : null);
    }

    public Discarded discard(DataFetchingEnvironment environment) {
        var caller = Caller.of(environment);
        return new Discarded(
                letters.discard(caller, input(caller.project(), environment).chosen()));
    }

    private static LetterInput input(Project project, DataFetchingEnvironment environment) {
        return new LetterInput(
                project, Objects.requireNonNull(environment.<Map<String, @Nullable Object>>getArgument("input")));
    }

    private static Edge edge(Project project, KeptLetter row) {
        var id = LetterInput.id(project, row.id());
        var letter = row.letter();
        return new Edge(
                id,
                new DeadLetter(
                        id,
                        letter.origin().receivedAt(),
                        letter.origin().source(),
                        letter.collection().orElse(null),
                        letter.reason().code(),
                        letter.reason().pointer(),
                        letter.reason().message(),
                        letter.raw(),
                        row.attempts(),
                        row.attemptedAt().orElse(null)));
    }

    public record Page(List<Edge> edges, List<DeadLetter> nodes, PageInfo pageInfo) {}

    public record Edge(String cursor, DeadLetter node) {}

    public record PageInfo(
            boolean hasNextPage,
            boolean hasPreviousPage,
            @Nullable String startCursor,
            @Nullable String endCursor) {}

    /** A dead letter in the words of the schema. */
    public record DeadLetter(
            String id,
            Instant at,
            String source,
            @Nullable String collection,
            String code,
            String pointer,
            String message,
            String raw,
            int attempts,
            @Nullable Instant attemptedAt) {}

    public record Result(
            long stored,
            long duplicates,
            long refused,
            List<Told> outcomes,
            @Nullable String endCursor) {}

    /** An outcome in the words of the schema. */
    public record Told(
            String id,
            CollectResolvers.Status status,
            @Nullable String eventId,
            @Nullable Refusal reason) {

        static Told of(String letter, Outcome outcome, boolean isDry) {
            var told = CollectResolvers.Told.of(outcome);
            return new Told(letter, told.status(), isDry ? null : told.id(), told.reason());
        }
    }

    public record Discarded(long discarded) {}
}
