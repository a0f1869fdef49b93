package dev.tidemark.core.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import dev.tidemark.core.modules.ModuleResources;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.schema.ExecutionAnswer;
import dev.tidemark.core.schema.GraphqlEngine;
import dev.tidemark.core.schema.assembly.SchemaAssembly;
import dev.tidemark.core.schema.assembly.SchemaPart;
import dev.tidemark.core.schema.documents.GraphqlRequest;
import dev.tidemark.core.schema.documents.Limits;
import dev.tidemark.core.schema.faults.FaultLog;
import dev.tidemark.spi.Caller;
import dev.tidemark.testkit.PostgresExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
class ProjectsSchemaTest {

    private static final AtomicInteger PROJECTS = new AtomicInteger();
    private static final String CREATE_PROJECT = """
            mutation($slug: String!) {
              createProject(input: {slug: $slug}) {
                project { id slug createdAt }
                keys { master write read }
                userErrors { code message path }
              }
            }
            """;
    private static final String CREATE_KEY = """
            mutation($scopes: [Scope!]!, $expiresAt: DateTime) {
              createApiKey(input: {name: "made", scopes: $scopes, expiresAt: $expiresAt}) {
                apiKey { id name prefix scopes createdAt expiresAt lastUsedAt }
                secret
                userErrors { code message path }
              }
            }
            """;
    private static final String REVOKE_KEY = """
            mutation($id: ID!) {
              revokeApiKey(input: {id: $id}) { revokedId userErrors { code path } }
            }
            """;

    @AutoClose
    private final TestNode node;

    private final GraphqlEngine engine;
    private final String slug = "shop_" + PROJECTS.incrementAndGet();

    ProjectsSchemaTest(PostgresAddress address) {
        this.node = TestNode.start(address);
        var module = node.access.module();
        var part = new SchemaPart(
                module.name(), ModuleResources.beside(ProjectsModule.class).schema(), module.contribute(null));
        var schema = SchemaAssembly.assemble(List.of(part), List.of()).schema();
        this.engine = new GraphqlEngine(caller -> schema, Limits.standard(), new FaultLog(() -> "fault"));
    }

    @Test
    void anAdministratorMakesAProjectAndItsKeysWork() {
        var created = ask(TestNode.administrator(), CREATE_PROJECT, Map.of("slug", slug));

        assertThat(at(created, "createProject", "userErrors")).isEqualTo(List.of());
        assertThat(at(created, "createProject", "project", "slug")).isEqualTo(slug);
        var reader = node.call((String) at(created, "createProject", "keys", "read"));
        assertThat(ask(reader, "{ project { id slug createdAt } }", Map.of()).get("project"))
                .isEqualTo(at(created, "createProject", "project"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pg_catalog", "_meta", "Shop", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void aBadSlugIsTheUsersErrorAndSaysWhere(String bad) {
        var refused = ask(TestNode.administrator(), CREATE_PROJECT, Map.of("slug", bad));

        assertThat(at(refused, "createProject", "project")).isNull();
        assertThat(at(refused, "createProject", "userErrors"))
                .asInstanceOf(LIST)
                .singleElement(MAP)
                .containsEntry("code", "BAD_USER_INPUT")
                .containsEntry("path", List.of("slug"));
    }

    @Test
    void aMasterMakesListsAndRevokesKeys() {
        var master = node.call(node.access
                .projects()
                .create(TestNode.administrator(), slug)
                .keys()
                .master());
        var created = ask(
                master,
                CREATE_KEY,
                Map.of("scopes", List.of("READ", "WRITE"), "expiresAt", "2026-11-22T13:00:00+01:00"));
        var key = at(created, "createApiKey", "apiKey");
        var secret = (String) at(created, "createApiKey", "secret");

        assertThat(at(created, "createApiKey", "apiKey", "expiresAt")).isEqualTo("2026-11-22T12:00:00Z");
        assertThat(ask(master, "{ apiKeys { id name prefix scopes createdAt expiresAt lastUsedAt } }", Map.of()))
                .extracting("apiKeys")
                .asInstanceOf(LIST)
                .hasSize(4)
                .contains(key);
        assertThat(node.call(secret).selected()).isPresent();

        var id = at(created, "createApiKey", "apiKey", "id");
        var revoked = ask(master, REVOKE_KEY, Map.of("id", id));

        assertThat(at(revoked, "revokeApiKey", "revokedId")).isEqualTo(id);
        assertThat(catchThrowable(() -> node.call(secret))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "QXBpS2V5OjE6eA", "QXBpS2V5OjE6OTk5OTk5OTk5OTk5OTk5OTk5OTk5"})
    void aMadeUpIdOfAKeyIsTheUsersError(String id) {
        var refused = ask(TestNode.administrator(), REVOKE_KEY, Map.of("id", id));

        assertThat(at(refused, "revokeApiKey", "userErrors"))
                .isEqualTo(List.of(Map.of("code", "BAD_USER_INPUT", "path", List.of("id"))));
    }

    @Test
    void whoDeletesAProjectSaysItsSlugTwice() {
        node.access.projects().create(TestNode.administrator(), slug);
        var delete = """
                mutation($slug: String!, $confirm: String!) {
                  deleteProject(input: {slug: $slug, confirm: $confirm}) { deletedId userErrors { path } }
                }
                """;

        var refused = ask(TestNode.administrator(), delete, Map.of("slug", slug, "confirm", "yes"));
        var deleted = ask(TestNode.administrator(), delete, Map.of("slug", slug, "confirm", slug));

        assertThat(at(refused, "deleteProject", "userErrors")).isEqualTo(List.of(Map.of("path", List.of("confirm"))));
        assertThat(at(deleted, "deleteProject", "deletedId")).isNotNull();
        assertThat(ask(TestNode.administrator(), "{ projects { slug } }", Map.of())
                        .get("projects"))
                .asInstanceOf(LIST)
                .doesNotContain(Map.of("slug", slug));
    }

    @Test
    void administrationIsForbiddenToOthersNamingTheScope() {
        var keys = node.access.projects().create(TestNode.administrator(), slug).keys();

        assertThat(errors(node.call(keys.master()), "{ projects { slug } }")).contains("FORBIDDEN", "ADMIN");
        assertThat(errors(node.call(keys.read()), "{ apiKeys { id } }")).contains("FORBIDDEN", "MASTER");
        assertThat(errors(node.call(keys.write()), "{ project { slug } }")).contains("FORBIDDEN", "READ");
    }

    private Map<String, Object> ask(Caller caller, String query, Map<String, Object> variables) {
        var body = body(caller, query, variables);
        assertThat(body).doesNotContainKey("errors");
        return map(body.get("data"));
    }

    private String errors(Caller caller, String query) {
        return String.valueOf(body(caller, query, Map.of()).get("errors"));
    }

    private Map<String, Object> body(Caller caller, String query, Map<String, Object> variables) {
        return ((ExecutionAnswer.Complete) engine.execute(GraphqlRequest.of(query, variables), caller)).body();
    }

    private static Object at(Map<String, Object> data, String... path) {
        Object value = data;
        for (var step : path) {
            value = map(value).get(step);
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
