package dev.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** GraphiQL as a person has it: in Chromium, on a server with events. */
@ExtendWith(PostgresExtension.class)
final class GraphiqlTest {

    private static final String COLLECT = """
            mutation { collect(input: { events: [{ collection: "click", properties: { country: "France" } }] }) { stored } }
            """;

    @Test
    void aPersonAsksInTheBrowser(PostgresAddress database) throws IOException, InterruptedException {
        var browser = Browser.find();

        try (var server = TestServer.start(database)) {
            var key = server.createProject("demo").master();
            server.ask("demo", COLLECT);

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
}
