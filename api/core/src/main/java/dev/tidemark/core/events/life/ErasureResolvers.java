package dev.tidemark.core.events.life;

import dev.tidemark.core.events.life.Erasure.Erased;
import dev.tidemark.core.events.life.Erasure.Kind;
import dev.tidemark.core.events.life.Erasure.Records;
import dev.tidemark.core.events.life.Erasure.Subject;
import dev.tidemark.core.schema.Input;
import dev.tidemark.core.schema.PageSize;
import dev.tidemark.spi.AuditLog;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.GlobalId;
import dev.tidemark.spi.People;
import dev.tidemark.spi.Project;
import graphql.schema.DataFetchingEnvironment;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** GraphQL's way to have a person's events deleted, and to see what was. */
public final class ErasureResolvers {

    private static final int MOST = 200;

    private final Databases databases;
    private final People people;
    private final AuditLog audit;
    private final Clock clock;
    private final ErasureStore store = new ErasureStore();

    public ErasureResolvers(Databases databases, People people, AuditLog audit, Clock clock) {
        this.databases = databases;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    public Requested eraseUser(DataFetchingEnvironment environment) {
        var caller = Caller.of(environment);
        var project = caller.project();
        var subject = subject(project, Input.of(environment));
        var now = clock.instant();
        var id = databases.of(project).transaction(connection -> {
            var request = store.request(connection, subject, now);
            ErasureJob.WORK.note(connection, project);
            audit.note(connection, caller, "eraseUser", id(project, request));
            return request;
        });
        return new Requested(shown(project, new Erasure(id, now, Optional.empty(), 0, List.of(), List.of())));
    }

    public List<Shown> erasures(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        var first = PageSize.of(environment, MOST);
        return databases.of(project).transaction(connection -> store.latest(connection, first)).stream()
                .map(erasure -> shown(project, erasure))
                .toList();
    }

    private Subject subject(Project project, Input input) {
        var subjects = Stream.of(Kind.values())
                .flatMap(kind -> input.value(kind.name().toLowerCase(Locale.ROOT)).stream()
                        .map(id -> Subject.of(kind, id.toString())))
                .filter(subject -> !subject.ids().getFirst().isBlank())
                .toList();
        if (subjects.size() != 1) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT, "Say either person, user or anonymous: whose events are to be deleted.");
        }
        var subject = subjects.getFirst();
        return subject.kind() == Kind.PERSON
                ? new Subject(Kind.PERSON, people.ids(project, subject.ids().getFirst()))
                : subject;
    }

    private static Shown shown(Project project, Erasure erasure) {
        return new Shown(
                id(project, erasure.id()),
                erasure.requestedAt(),
                erasure.finishedAt(),
                erasure.collections().stream().mapToLong(Erased::events).sum(),
                erasure.deadLetters(),
                erasure.collections(),
                erasure.records());
    }

    private static String id(Project project, long erasure) {
        return new GlobalId("Erasure", project.id(), erasure).text();
    }

    public record Requested(Shown erasure) {}

    /** An erasure in the words of the schema. */
    public record Shown(
            String id,
            Instant requestedAt,
            Optional<Instant> finishedAt,
            long events,
            long deadLetters,
            List<Erased> collections,
            List<Records> records) {}
}
