package dev.tidemark.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.server.ServerProcess;
import dev.tidemark.server.postgres.EmbeddedAddress;
import dev.tidemark.server.postgres.EmbeddedDatabase;
import dev.tidemark.server.postgres.RunDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Of each of a hundred customers as much is known as fits an event: of all more than the database may give at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LargePropertiesTest {

    private static final int CUSTOMERS = 100;
    private static final int OF_ONE_REQUEST = 20;
    private static final String TEXT = "x".repeat(240_000);

    private EmbeddedDatabase database;
    private ServerProcess server;
    private Client client;

    @BeforeAll
    void tellMuchOfCustomers(@TempDir Path directory) throws IOException {
        var home = directory.resolve("postgres");
        RunDatabase.copyTo(home);
        database = EmbeddedDatabase.start(home);
        server = ServerProcess.on(EmbeddedAddress.of(home), Files.createDirectories(directory.resolve("data")));
        client = Client.masterOf(server, "large");
        for (int first = 0; first < CUSTOMERS; first += OF_ONE_REQUEST) {
            identify(first, OF_ONE_REQUEST, "\"plan\": \"free\", \"bio\": \"%s\"".formatted(TEXT));
        }
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> ofPlan("free") == CUSTOMERS);
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        database.close();
    }

    @Test
    void allOfThemCanBeToldOfAtOnceAndGetAMessage() throws IOException {
        identify(0, CUSTOMERS, "\"plan\": \"pro\"");

        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> ofPlan("pro") == CUSTOMERS);
        client.ask("""
                mutation { sendToCustomers(input: {template: "Hello {{bio}}"}) { userErrors { message } } }
                """);
        await().atMost(Duration.ofMinutes(1)).until(() -> !sending().startsWith("RUNNING"));
        assertThat(sending()).isEqualTo("DONE 0 " + CUSTOMERS);
    }

    @Test
    void aPersonMayHaveThousandsOfIds() throws IOException {
        var ids = 3_000;
        var chain = IntStream.range(1, ids)
                .mapToObj(i -> """
                        {"collection": "alias", "user": "ada%d", "properties": {"previousId": "ada%d"}}
                        """.formatted(i, i - 1))
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(client.collect(chain).statusCode()).isEqualTo(200);

        await().atMost(Duration.ofMinutes(1))
                .until(() -> client.ask("{ customer(id: \"ada7\") { ids } }")
                                .at("/customer/ids")
                                .size()
                        == ids);
    }

    private String sending() {
        var last = client.ask("{ sendings(first: 1) { nodes { state sent skipped } } }")
                .at("/sendings/nodes/0");
        return "%s %d %d"
                .formatted(
                        last.path("state").asText(),
                        last.path("sent").asInt(),
                        last.path("skipped").asInt());
    }

    private int ofPlan(String plan) {
        return client.ask("""
                        {
                          aggregate(
                            collection: "customers", measures: {measure: COUNT}
                            where: {property: {name: "plan", eq: "%s"}}
                          ) { rows { measures } }
                        }
                        """.formatted(plan))
                .at("/aggregate/rows/0/measures/count")
                .asInt();
    }

    private void identify(int first, int count, String traits) throws IOException {
        IntFunction<String> call =
                i -> "{\"collection\": \"identify\", \"user\": \"u%d\", \"properties\": {%s}}".formatted(i, traits);
        var events = IntStream.range(first, first + count).mapToObj(call).collect(Collectors.joining(",", "[", "]"));
        assertThat(client.collect(events).statusCode()).isEqualTo(200);
    }
}
