package dev.tidemark.core.events.ingestion;

import dev.tidemark.core.json.ExactValues;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Events;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Refusal;
import dev.tidemark.spi.Submission;
import graphql.schema.DataFetchingEnvironment;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** GraphQL's way to send events. */
public final class CollectResolvers {

    private final Events events;
    private final Clock clock;

    public CollectResolvers(Events events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    public Collected collect(DataFetchingEnvironment environment) {
        Map<String, List<Map<String, @Nullable Object>>> input =
                Objects.requireNonNull(environment.getArgument("input"));
        List<Submission> submissions = Objects.requireNonNull(input.get("events")).stream()
                .map(event -> events.submission(ExactValues.of(event)))
                .toList();
        var caller = Caller.of(environment);
        return Collected.of(events.collect(
                caller.project(),
                submissions,
                new Origin("graphql", clock.instant(), Optional.empty(), Optional.empty(), Optional.of(caller))));
    }

    /** @param outcomes one for each event */
    public record Collected(
            long stored, long duplicates, long refused, long notKept, int warnings, List<Told> outcomes) {

        static Collected of(List<Outcome> outcomes) {
            var told = outcomes.stream().map(Told::of).toList();
            return new Collected(
                    count(told, Status.STORED),
                    count(told, Status.DUPLICATE),
                    count(told, Status.REFUSED),
                    outcomes.stream()
                            .filter(outcome -> outcome instanceof Outcome.Refused refused && !refused.isKept())
                            .count(),
                    told.stream().mapToInt(outcome -> outcome.warnings().size()).sum(),
                    told);
        }

        private static long count(List<Told> outcomes, Status status) {
            return outcomes.stream()
                    .filter(outcome -> outcome.status() == status)
                    .count();
        }
    }

    /** An outcome in the words of the schema. */
    public record Told(
            Status status, @Nullable String id, @Nullable Refusal reason, List<Refusal> warnings) {

        public static Told of(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Stored stored ->
                    new Told(Status.STORED, Long.toString(stored.id()), null, stored.warnings());
                case Outcome.Duplicate duplicate -> new Told(Status.DUPLICATE, null, null, List.of());
                case Outcome.Refused refused -> new Told(Status.REFUSED, null, refused.reason(), List.of());
            };
        }
    }

    public enum Status {
        STORED,
        DUPLICATE,
        REFUSED
    }
}
