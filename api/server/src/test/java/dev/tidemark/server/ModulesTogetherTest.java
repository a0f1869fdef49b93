package dev.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Modules that know nothing of one another, in the server that has them all. */
@ExtendWith(PostgresExtension.class)
class ModulesTogetherTest {

    private static final String SHOP = "together";

    @Test
    void customersWhoAreMergedAreCountedOnceByRollups(PostgresAddress database) {
        try (var server = TestServer.start(database)) {
            server.createProject(SHOP);
            server.ask(SHOP, """
                    mutation {
                      collect(input: {events: [
                        {collection: "click", user: "ann"} {collection: "click", user: "bob"} {collection: "click", user: "cid"}
                      ]}) { stored }
                      createRollup(input: {
                        name: "people", collection: "click", bucket: {unit: DAY}, measures: [{measure: DISTINCT, of: "_person"}]
                      }) { userErrors { message } }
                    }
                    """);
            awaitPeople(server, "people", 3, "ROLLUP");

            server.ask(SHOP, """
                    mutation { mergeCustomers(input: {from: "bob", into: "ann"}) { userErrors { message } } }
                    """);

            assertThat(people(server, "click")).contains("\"n\":2");
            awaitPeople(server, "people", 2, "ROLLUP");
            awaitPeople(server, "click", 2, "ROLLUP");
        }
    }

    private static void awaitPeople(TestServer server, String relation, int number, String source) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(people(server, relation))
                        .contains("\"n\":" + number, "\"servedFrom\":\"" + source + '"'));
    }

    private static String people(TestServer server, String relation) {
        return server.ask(SHOP, """
                { aggregate(collection: "%s", measures: {measure: APPROXIMATE_DISTINCT, of: "_person", as: "n"}) {
                    rows { measures } freshness { servedFrom }
                } }
                """.formatted(relation));
    }
}
