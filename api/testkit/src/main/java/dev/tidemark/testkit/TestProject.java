package dev.tidemark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.Engine;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.schema.ExecutionAnswer;
import dev.tidemark.core.schema.Presence;
import dev.tidemark.core.schema.documents.GraphqlRequest;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Feed;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Scope;
import graphql.language.OperationDefinition.Operation;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A project of a {@link TestEngine}, used as one with its master key would.
 *
 * @param caller holds the scope {@code MASTER}
 */
public record TestProject(Engine engine, Project project, Caller caller) {

    private static final Instant RECEIVED = Instant.parse("2026-01-02T03:04:05Z");

    static TestProject create(Engine engine, Caller administrator, String slug) {
        var answer = answer(
                engine,
                administrator,
                "mutation($slug: String!) { createProject(input: {slug: $slug}) { keys { master } } }",
                Map.of("slug", slug));
        assertThat(answer).doesNotContainKey("errors");
        var project = engine.projects().find(slug).orElseThrow();
        var master = text(answer, "data", "createProject", "keys", "master");
        return new TestProject(engine, project, engine.callers().withKey(master, Optional.empty()));
    }

    /** Makes a key of the project, and returns its secret. */
    public String key(Scope scope) {
        return text(
                query(
                        "mutation($scope: Scope!) { createApiKey(input: {name: \"test\", scopes: [$scope]}) { secret } }",
                        Map.of("scope", scope.name())),
                "createApiKey",
                "secret");
    }

    /**
     * A connection that stands in the project's schema, for what a test looks up or breaks by itself; whoever asks closes it.
     *
     * @param database that of the project's engine
     */
    public Connection connect(PostgresAddress database) throws SQLException {
        var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
        connection.setSchema(project.slug());
        return connection;
    }

    /** Stores events, all of which must be taken. */
    public void collect(Event... events) {
        assertThat(engine.events().collect(project, List.of(events), Origin.of("test", RECEIVED)))
                .allMatch(outcome -> outcome instanceof Outcome.Stored);
    }

    /** The data of an answer that must be without errors. */
    public Map<String, @Nullable Object> query(String query) {
        return query(query, Map.of());
    }

    /** The data of an answer that must be without errors. */
    @SuppressWarnings("unchecked")
    public Map<String, @Nullable Object> query(String query, Map<String, @Nullable Object> variables) {
        var body = answer(query, variables);
        assertThat(body).as(query).doesNotContainKey("errors");
        return (Map<String, @Nullable Object>) Objects.requireNonNull(body.get("data"));
    }

    /** The results of a subscription, which whoever asked closes. */
    public Feed<Map<String, @Nullable Object>> subscribe(String query, Map<String, @Nullable Object> variables) {
        var answer = engine.graphql()
                .execute(
                        GraphqlRequest.of(query, variables),
                        caller,
                        EnumSet.of(Operation.SUBSCRIPTION),
                        Presence.ASSUMED);
        return switch (answer) {
            case ExecutionAnswer.Stream stream -> stream.results();
            case ExecutionAnswer.Complete refused ->
                throw new AssertionError("Refused: " + refused.body().get("errors"));
        };
    }

    /** The whole answer: data, errors and extensions. */
    public Map<String, @Nullable Object> answer(String query, Map<String, @Nullable Object> variables) {
        return answer(engine, caller, query, variables);
    }

    private static Map<String, @Nullable Object> answer(
            Engine engine, Caller caller, String query, Map<String, @Nullable Object> variables) {
        return switch (engine.graphql().execute(GraphqlRequest.of(query, variables), caller)) {
            case ExecutionAnswer.Complete complete -> complete.body();
            case ExecutionAnswer.Stream stream -> throw new IllegalStateException("A subscription answers many times.");
        };
    }

    private static String text(Map<String, @Nullable Object> answer, String... path) {
        Object found = answer;
        for (var name : path) {
            found = Objects.requireNonNull(((Map<?, ?>) found).get(name));
        }
        return (String) found;
    }
}
