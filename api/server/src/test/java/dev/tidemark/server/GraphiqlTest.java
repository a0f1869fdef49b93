package dev.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** GraphiQL as a person has it: in Chromium, on a server with events. */
@ExtendWith(PostgresExtension.class)
final class GraphiqlTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CREATE = """
            mutation { createProject(input: { slug: "demo" }) { keys { master } } }
            """;
    private static final String COLLECT = """
            mutation { collect(input: { events: [{ collection: "click", properties: { country: "France" } }] }) { stored } }
            """;

    @Test
    void aPersonAsksInTheBrowser(PostgresAddress database) throws IOException, InterruptedException {
        var browser = Browser.find();

        try (var server = TestServer.start(database)) {
            var key = JSON.readTree(ask(server, TestServer.ADMIN_KEY, CREATE))
                    .at("/data/createProject/keys/master")
                    .asText();
            ask(server, key, COLLECT);

            var problems = browser.problems(
                    "graphiql.mjs",
                    "--url",
                    server.url(),
                    "--key",
                    key,
                    "--query",
                    "{ collections { name eventCount } }",
                    "--expect",
                    "click",
                    "--screenshot",
                    Browser.screenshot("graphiql"));

            assertThat(problems).isEmpty();
        }
    }

    private static String ask(TestServer server, String key, String query) throws IOException {
        return server.post(
                        "/graphql",
                        JSON.writeValueAsString(Map.of("query", query)),
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        "Bearer " + key)
                .body();
    }
}
