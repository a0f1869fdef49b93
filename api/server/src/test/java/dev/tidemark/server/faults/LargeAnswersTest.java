package dev.tidemark.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.server.ServerProcess;
import dev.tidemark.server.postgres.EmbeddedAddress;
import dev.tidemark.server.postgres.EmbeddedDatabase;
import dev.tidemark.server.postgres.RunDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** More is asked for, or is worked on, than fits into the heap of a {@link ServerProcess}, which ends when that is full. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeAnswersTest {

    private static final int REQUESTS = 10;
    private static final int EVENTS_OF_ONE = 20;
    private static final int EVENTS = REQUESTS * EVENTS_OF_ONE;
    private static final String TEXT = "x".repeat(240_000);
    private static final int AT_ONCE = 20;

    private EmbeddedDatabase database;
    private ServerProcess server;
    private Client client;

    @BeforeAll
    void sendLargeEvents(@TempDir Path directory) throws IOException {
        var home = directory.resolve("postgres");
        RunDatabase.copyTo(home);
        database = EmbeddedDatabase.start(home);
        server = ServerProcess.on(EmbeddedAddress.of(home), Files.createDirectories(directory.resolve("data")));
        client = Client.masterOf(server, "large");
        send("{\"collection\": \"page\", \"properties\": {\"text\": \"%06d%s\"}}");
    }

    private void send(String event) throws IOException {
        for (int request = 0; request < REQUESTS; request++) {
            int first = request * EVENTS_OF_ONE;
            var events = IntStream.range(first, first + EVENTS_OF_ONE)
                    .mapToObj(i -> event.formatted(i, TEXT))
                    .collect(Collectors.joining(",", "[", "]"));
            assertThat(client.collect(events).statusCode()).isEqualTo(200);
        }
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        database.close();
    }

    @Test
    void aPageThatIsTooLargeIsRefusedAndASmallerOneIsNot() throws IOException {
        assertThat(asked("{ events(collection: \"page\", first: 1000) { nodes { properties } } }")
                        .at("/errors/0/extensions/code")
                        .asText())
                .isEqualTo("QUERY_TOO_COMPLEX");
        assertThat(asked(page(20)).at("/data/events/nodes")).hasSize(20);
    }

    @Test
    void severalPagesOfOneAnswerAreNotLargerThanOne() throws IOException {
        var pages = IntStream.range(0, 10)
                .mapToObj("p%d: events(collection: \"page\", first: 20) { nodes { properties } }"::formatted)
                .collect(Collectors.joining(" ", "{ ", " }"));

        var answer = asked(pages);

        assertThat(codes(answer)).containsOnly("QUERY_TOO_COMPLEX");
        assertThat(answer.findValues("nodes")).isNotEmpty();
    }

    @Test
    void manyLargeAnswersAtOnceAreGivenOrRefusedAndTheServerGoesOn() throws Exception {
        List<JsonNode> answers = new ArrayList<>();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(IntStream.range(0, AT_ONCE)
                    .<Callable<JsonNode>>mapToObj(i -> () -> asked(page(40)))
                    .toList())) {
                answers.add(answer.get());
            }
        }

        assertThat(server.isAlive()).as(server.output()).isTrue();
        assertThat(answers.stream().flatMap(answer -> codes(answer).stream())).containsOnly("UNAVAILABLE");
        assertThat(asked(page(20)).at("/data/events/nodes")).hasSize(20);
    }

    @Test
    void aRollupOfLargeTextsIsKeptAndAsked() throws IOException {
        client.ask("""
                mutation { createRollup(input: {
                  name: "texts", collection: "page", dimensions: ["text"], bucket: {unit: DAY}
                  measures: [{measure: DISTINCT, of: "text"}, {measure: TOP, of: "text"}]
                }) { userErrors { message } } }
                """);

        await().atMost(Duration.ofMinutes(1))
                .until(() -> freshness("measures: {measure: COUNT}").equals("ROLLUP"));

        assertThat(client.ask(aggregate("measures: {measure: COUNT}"))
                        .at("/aggregate/rows/0/measures/count")
                        .asInt())
                .isEqualTo(EVENTS);
        assertThat(client.ask(aggregate("measures: {measure: TOP, of: \"text\", n: 5}"))
                        .at("/aggregate/rows/0/measures")
                        .toString())
                .contains("000000x")
                .hasSizeLessThan(5_000);
    }

    @Test
    void aPropertyOfLargeTextsGetsAnotherType() throws IOException {
        send("{\"collection\": \"note\", \"properties\": {\"text\": \"%06d%s\"}}");

        client.ask("""
                mutation { changePropertyType(input: {collection: "note", property: "text", type: LONG}) { userErrors { message } } }
                """);

        await().atMost(Duration.ofMinutes(1))
                .until(() -> client.ask("{ propertyChanges { finishedAt unconverted problem } }")
                        .path("propertyChanges")
                        .toString()
                        .matches(".*\"finishedAt\":\"[^\"]+\",\"unconverted\":" + EVENTS + ",\"problem\":null.*"));
    }

    @Test
    void aPersonIsErasedFromLargeDeadLetters() throws IOException {
        send("{\"collection\": \"note\", \"user\": \"u%06d\", \"time\": \"%s\"}");

        client.ask("mutation { eraseUser(input: {user: \"u000007\"}) { userErrors { message } } }");

        await().atMost(Duration.ofMinutes(1))
                .until(() -> client.ask("{ erasures { finishedAt deadLetters } }")
                        .path("erasures")
                        .toString()
                        .matches(".*\"finishedAt\":\"[^\"]+\",\"deadLetters\":1.*"));
    }

    private String freshness(String measures) {
        return client.ask(aggregate(measures))
                .at("/aggregate/freshness/servedFrom")
                .asText();
    }

    private static String aggregate(String measures) {
        return "{ aggregate(collection: \"texts\", " + measures + ") { rows { measures } freshness { servedFrom } } }";
    }

    private static String page(int first) {
        return "{ events(collection: \"page\", first: " + first + ") { nodes { properties } } }";
    }

    private JsonNode asked(String query) throws IOException {
        return Client.JSON.readTree(server.ask(client.key(), query));
    }

    private static List<String> codes(JsonNode answer) {
        return answer.path("errors").findValuesAsText("code");
    }
}
