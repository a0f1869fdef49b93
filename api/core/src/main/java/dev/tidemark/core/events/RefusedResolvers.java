package dev.tidemark.core.events;

import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.GlobalId;
import dev.tidemark.spi.Project;
import graphql.schema.DataFetchingEnvironment;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** GraphQL's view of what was refused and of what did not fit. */
final class RefusedResolvers {

    private static final String TYPE = "DeadLetter";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final int MOST_LETTERS = 200;
    private static final int MOST_WARNINGS = 1_000;

    private final Databases databases;
    private final DeadLetterStore letters = new DeadLetterStore();
    private final WarningStore warnings = new WarningStore();

    RefusedResolvers(Databases databases) {
        this.databases = databases;
    }

    Page deadLetters(DataFetchingEnvironment environment) {
        var project = Caller.of(environment).project();
        var first = first(environment, MOST_LETTERS);
        var before = before(project, environment.getArgument("after"));
        var rows = databases.of(project).transaction(connection -> letters.latest(connection, before, first + 1));
        var edges = rows.stream().limit(first).map(row -> edge(project, row)).toList();
        var info = new PageInfo(
                rows.size() > first,
                before != Long.MAX_VALUE,
                edges.isEmpty() ? null : edges.getFirst().cursor(),
                edges.isEmpty() ? null : edges.getLast().cursor());
        return new Page(edges, edges.stream().map(Edge::node).toList(), info);
    }

    Optional<DeadLetter> deadLetter(Caller caller, String local) {
        var project = caller.project();
        return number(local)
                .flatMap(id -> databases.of(project).transaction(connection -> letters.find(connection, id)))
                .map(row -> edge(project, row).node());
    }

    List<WarningStore.Total> warnings(DataFetchingEnvironment environment) {
        var first = first(environment, MOST_WARNINGS);
        return databases
                .of(Caller.of(environment).project())
                .transaction(connection -> warnings.latest(connection, first));
    }

    private static int first(DataFetchingEnvironment environment, int most) {
        int first = Objects.requireNonNull(environment.<Integer>getArgument("first"));
        if (first < 1 || first > most) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT, "first is a number from 1 to " + most + ", not " + first + ".", "first");
        }
        return first;
    }

    private static long before(Project project, @Nullable String after) {
        if (after == null) {
            return Long.MAX_VALUE;
        }
        return GlobalId.parse(after)
                .filter(id -> id.type().equals(TYPE) && id.project() == project.id())
                .flatMap(id -> number(id.local()))
                .orElseThrow(() -> new CallerException(
                        ErrorCode.BAD_USER_INPUT, "after is no cursor of these dead letters.", "after"));
    }

    private static Optional<Long> number(String local) {
        return NUMBER.matcher(local).matches() ? Optional.of(Long.valueOf(local)) : Optional.empty();
    }

    private static Edge edge(Project project, DeadLetterStore.Kept row) {
        var id = new GlobalId(TYPE, project.id(), Long.toString(row.id())).text();
        var letter = row.letter();
        return new Edge(
                id,
                new DeadLetter(
                        id,
                        letter.at(),
                        letter.source(),
                        letter.collection().orElse(null),
                        letter.reason().code(),
                        letter.reason().pointer(),
                        letter.reason().message(),
                        letter.raw()));
    }

    record Page(List<Edge> edges, List<DeadLetter> nodes, PageInfo pageInfo) {}

    record Edge(String cursor, DeadLetter node) {}

    record PageInfo(
            boolean hasNextPage,
            boolean hasPreviousPage,
            @Nullable String startCursor,
            @Nullable String endCursor) {}

    /** A dead letter in the words of the schema. */
    record DeadLetter(
            String id,
            Instant at,
            String source,
            @Nullable String collection,
            String code,
            String pointer,
            String message,
            String raw) {}
}
