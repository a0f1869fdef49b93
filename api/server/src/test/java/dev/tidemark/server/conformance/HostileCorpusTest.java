package dev.tidemark.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.TestServer;
import dev.tidemark.server.conformance.Target.Traces;
import dev.tidemark.testkit.PostgresExtension;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every case of {@code graphql_hostile.jsonl}, over HTTP. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileCorpusTest {

    /** What they are about does not exist yet. */
    private static final Map<String, String> LATER = Map.of(
            "g204", "there is no field that takes SQL",
            "g206", "there is no field that takes SQL",
            "g216", "there are no ids of batches: each event has its messageId");

    /** The case allows what is refused, or what is kept exactly: we keep. */
    private static final Set<String> KEPT_EXACTLY = Set.of("g094");

    /** It may be refused, and nobody asks without a key: that is refused with 401, as in the case with the key in the URL. */
    private static final Map<String, Integer> REFUSED_WITH = Map.of("g055", 401);

    private static final Set<String> RAW = Set.of("g069");

    /** One second on a machine that has nothing else to do. */
    private static final Duration AT_MOST = Duration.ofSeconds(3);

    private static final int LARGEST_ANSWER = 65_536;
    private static final int MANY_TABLES = 100;
    private static final String LAST = """
            query ($collection: String!) {
              events(collection: $collection, first: 1) { nodes { time properties } }
              collection(name: $collection) { label }
            }
            """;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Target target;

    @BeforeAll
    void start(PostgresAddress database) throws IOException, InterruptedException, SQLException {
        target = new Target(database);
        collectsStill(); // classes are loaded
    }

    @AfterAll
    void stop() throws SQLException {
        target.close();
    }

    @TestFactory
    Stream<DynamicTest> hostileRequestsAreAnsweredWell() throws IOException {
        return HostileCase.all().stream()
                .filter(hostile -> !LATER.containsKey(hostile.id()))
                .map(hostile -> DynamicTest.dynamicTest(hostile.toString(), () -> check(hostile)));
    }

    private void check(HostileCase theirs) throws IOException, InterruptedException {
        var hostile = OurNames.of(theirs);
        var before = target.traces();

        var start = System.nanoTime();
        var answer = answer(hostile);
        var time = Duration.ofNanos(System.nanoTime() - start);

        if (answer.status() != REFUSED_WITH.getOrDefault(hostile.id(), 0)) {
            assertThat(answer.status()).as(answer.body()).isIn(hostile.statuses());
        }
        hostile.isRefused()
                .filter(wanted -> !KEPT_EXACTLY.contains(hostile.id()) && !answer.isTooComplex())
                .ifPresent(wanted ->
                        assertThat(isRefused(answer)).as(answer.body()).isEqualTo(wanted));
        assertThat(answer.body())
                .hasSizeLessThan(LARGEST_ANSWER)
                .doesNotContain("at dev.", "\tat ", "Exception", "PSQL", "insert into", "create table", "alter table");
        assertThat(time).isLessThan(AT_MOST);
        leavesNoTraceThatItShouldNot(hostile, answer, before, target.traces());
        collectsStill();
    }

    private void leavesNoTraceThatItShouldNot(HostileCase hostile, Answer answer, Traces before, Traces after) {
        assertThat(after.schemas()).isEqualTo(before.schemas());
        assertThat(after.elsewhere()).isEqualTo(before.elsewhere());
        assertThat(after.tables()).isLessThan(MANY_TABLES);
        var stored = answer.stored();
        assertThat(after.events() - before.events()).isEqualTo(stored);
        if (hostile.invariants().contains("nothing_stored")) {
            assertThat(stored).isZero();
        }
        if (stored == 0) {
            assertThat(after.collections()).isEqualTo(before.collections());
        } else if (stored == 1) {
            isStoredAsItWasSent(hostile);
        }
    }

    /** In a collection of its very name, with every property under its very name, at its very moment. */
    private void isStoredAsItWasSent(HostileCase hostile) {
        var sent = json(hostile.body()).at("/variables/e/0");
        var collection = sent.get("collection").asText();

        var found = target.ask(LAST, Map.of("collection", collection));

        assertThat(found.at("/collection/label").asText()).isEqualTo(collection);
        var event = found.at("/events/nodes/0");
        if (sent.has("time")) {
            assertThat(event.get("time").asText())
                    .satisfies(time -> isMoment(time, sent.get("time").asText()));
        }
        assertThat(event.get("properties").toString())
                .isEqualTo(sent.get("properties").toString());
    }

    private static void isMoment(String stored, String sent) {
        try {
            assertThat(Instant.parse(stored)).isEqualTo(Instant.parse(sent));
        } catch (DateTimeParseException e) {
            throw new AssertionError("stored as " + stored + ", but " + sent + " is no moment", e);
        }
    }

    /** Nobody else suffers. */
    private void collectsStill() throws IOException, InterruptedException {
        assertThat(target.isAlive()).isTrue();
        var stored = target.ask(
                "mutation { collect(input: {events: [{collection: \"other\", properties: {a: 1}}]}) { stored } }",
                Map.of());
        assertThat(stored.at("/collect/stored").asInt()).isOne();
    }

    private Answer answer(HostileCase hostile) throws IOException, InterruptedException {
        Map<String, String> headers = new LinkedHashMap<>();
        hostile.headers().forEach((name, value) -> headers.put(name, key(hostile, value)));
        if (!RAW.contains(hostile.id())) {
            var response = target.send(hostile, headers);
            return new Answer(response.statusCode(), response.body());
        }
        var raw = target.sendRaw(hostile, headers);
        return new Answer(Integer.parseInt(raw.substring(9, 12)), raw.substring(raw.indexOf("\r\n\r\n") + 4));
    }

    /** Questions come with a key that may ask, and projects are made by administrators. */
    private String key(HostileCase hostile, String value) {
        return switch (value) {
            case "{{WRITE_KEY}}" -> hostile.body().contains("mutation") ? target.key("write") : target.key("read");
            case "{{READ_KEY}}" -> target.key("read");
            case "{{MASTER_KEY}}" ->
                hostile.body().contains("createProject") ? TestServer.ADMIN_KEY : target.key("master");
            default -> value;
        };
    }

    /** By an error of GraphQL, by a problem, or because every event is a dead letter. */
    private static boolean isRefused(Answer answer) {
        var json = json(answer.body());
        var outcomes = json.at("/data/collect/outcomes");
        List<String> statuses = new ArrayList<>(outcomes.findValuesAsText("status"));
        return !json.path("errors").isEmpty()
                || json.has("detail")
                || !json.findPath("userErrors").isEmpty()
                || (!statuses.isEmpty() && statuses.stream().allMatch("REFUSED"::equals));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    private record Answer(int status, String body) {

        /** A limit refuses what another server may bear. */
        boolean isTooComplex() {
            return body.contains("\"QUERY_TOO_COMPLEX\"");
        }

        int stored() {
            return json(body).at("/data/collect/stored").asInt();
        }
    }
}
