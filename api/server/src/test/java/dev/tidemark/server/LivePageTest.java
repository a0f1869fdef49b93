package dev.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page of what happens now, in Chromium, as wide as a desk's and as a telephone's, while events come. */
@ExtendWith(PostgresExtension.class)
final class LivePageTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aPersonWatchesEventsCome(PostgresAddress database) throws IOException, InterruptedException {
        var browser = Browser.find();

        try (var server = TestServer.start(database)) {
            var keys = ask(server, TestServer.ADMIN_KEY, """
                    mutation { createProject(input: { slug: "demo" }) { keys { master } } }
                    """);
            var key = keys.at("/data/createProject/keys/master").asText();
            ask(server, key, """
                    mutation {
                      collect(input: { events: [
                        { collection: "click", user: "ada", properties: { country: "France", price: 1.5 } }
                        { collection: "signup", user: "bob", properties: { plan: "pro" } }
                      ] }) { stored }
                    }
                    """);
            ask(server, key, """
                    mutation {
                      createRealtimeReport(input: {
                        name: "clicks_by_country", collection: "click", measures: { measure: COUNT }, dimensions: ["country"]
                      }) { userErrors { message } }
                      createRollup(input: {
                        name: "clicks_by_minute", collection: "click", bucket: { unit: MINUTE }
                      }) { userErrors { message } }
                    }
                    """);

            var problems = browser.problems(
                    "live.mjs", "--url", server.url(), "--key", key, "--screenshot", Browser.screenshot("live"));

            assertThat(problems).isEmpty();
        }
    }

    private static JsonNode ask(TestServer server, String key, String query) throws IOException {
        var answer = server.post(
                        "/graphql",
                        JSON.writeValueAsString(Map.of("query", query)),
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        "Bearer " + key)
                .body();
        assertThat(answer).doesNotContain("\"errors\"");
        return JSON.readTree(answer);
    }
}
