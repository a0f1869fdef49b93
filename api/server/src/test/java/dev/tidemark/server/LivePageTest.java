package dev.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page of what happens now, in Chromium, as wide as a desk's and as a telephone's, while events come. */
@ExtendWith(PostgresExtension.class)
final class LivePageTest {

    @Test
    void aPersonWatchesEventsCome(PostgresAddress database) throws IOException, InterruptedException {
        var browser = Browser.find();

        try (var server = TestServer.start(database)) {
            var key = server.createProject("demo").master();
            ask(server, """
                    mutation {
                      collect(input: { events: [
                        { collection: "click", user: "ada", properties: { country: "France", price: 1.5 } }
                        { collection: "signup", user: "bob", properties: { plan: "pro" } }
                      ] }) { stored }
                    }
                    """);
            ask(server, """
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

    private static void ask(TestServer server, String query) {
        assertThat(server.ask("demo", query)).doesNotContain("\"errors\"");
    }
}
