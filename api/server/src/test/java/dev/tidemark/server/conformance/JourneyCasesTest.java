package dev.tidemark.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases of funnels and retention, on their fixtures, as a client over HTTP sees them. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JourneyCasesTest {

    private static final String COLLECT =
            "mutation ($events: [EventInput!]!) { collect(input: {events: $events}) { stored } }";
    private static final String JANUARY = "from: \"1970-01-01T00:00:00Z\", to: \"1970-01-04T00:00:00Z\"";

    private Target target;

    /** FX-F in f0 to f3; FX-R in r0 and r1; each other case in collections that begin with its name. */
    @BeforeAll
    void start(PostgresAddress database) throws SQLException {
        target = new Target(database);
        for (int i = 0; i < 10; i++) {
            for (int c = 0; c < 4; c++) {
                send(
                        "f" + c,
                        "test" + i % 3,
                        Instant.EPOCH.plusSeconds(100L * i + c),
                        Map.of("teststr", "test" + i % 2));
            }
        }
        for (int i = 0; i < 3; i++) {
            for (var collection : List.of("r0", "r1")) {
                send(
                        collection,
                        "test" + i % 2,
                        Instant.EPOCH.plus(Duration.ofDays(i)),
                        Map.of("teststr", "test" + i % 2));
            }
        }
        send("d1a", "u1@2021-01-02 u2@2021-01-01 u3@2021-01-01");
        send("d1b", "u1@2021-01-01 u1@2021-01-03 u3@2021-03-01 u4@2021-01-01");
        send("d1c", "u2@2021-01-05 u3@2021-03-20");
        send("d2a", "u1@2021-01-01");
        send("d2b", "u1@2021-01-02 u5@2021-01-01");
        send("d2c", "u5@2021-01-02");
        send("d3signup", "u1@2021-01-01");
        send("d3buy", "u1@2021-01-03 u1@2021-01-04");
        send("d4", "u1@2021-01-15 u1@2021-03-15");
        send("d10a", "u@2021-01-01T10:00:00Z u@2021-01-01T11:00:00Z");
        send("d10b", "u@2021-01-01T09:00:00Z u@2021-01-01T11:30:00Z");
        send("d11b", "u@2021-01-01");
        send("d11a", "u@2021-01-01");
        send("d13", "u@2021-03-14T04:30:00Z u@2021-03-15T03:30:00Z");
    }

    @AfterAll
    void stop() throws SQLException {
        target.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "F1|f0||3",
                "F2|f0 f1 f2|, window: \"P30D\"|3 3 3",
                "F3|f0 f1 f2|, window: \"P30D\", breakdown: {property: \"teststr\"}|test0: 2 2 2, test1: 1 1 1",
                "F3|f0 f1 f2|, window: \"P30D\", breakdown: {property: \"teststr\", attribution: EVERY_START}"
                        + "|test0: 3 3 3, test1: 3 3 3",
                "F5|f0! f1!|, breakdown: {property: \"teststr\"}|test1: 3 3",
                "D1|d1a d1b d1c||3 2 1",
                "D1|d1a d1b d1c|, window: \"P30D\"|3 1 0",
                "D2|d2a d2b d2c||1 1 0",
                "D10|d10a d10b|, window: \"PT1H\"|1 1",
                "D11|d11a d11b||1 0",
                "D11|d10a d10b|, window: \"PT30M\"|1 0",
                "D12|d2a d2a||1 0",
                "D7|d10a|, to: \"2021-01-01T10:00:00Z\"|0"
            })
    void funnels(String id, String steps, String options, String expected) {
        assertThat(funnel(steps, options == null ? "" : options)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "R1|r0 r1|r0 r1|" + JANUARY + "|1970-01-01T00:00:00Z 1: 1 0 1, 1970-01-02T00:00:00Z 1: 1 0",
                "R1|r0 r1|r0 r1|cohorts: RECURRING, " + JANUARY
                        + "|1970-01-01T00:00:00Z 1: 1 0 1, 1970-01-02T00:00:00Z 1: 1 0, 1970-01-03T00:00:00Z 1: 1",
                "R5|r0 r1|r0 r1|unit: WEEK, " + JANUARY + "|1969-12-29T00:00:00Z 2: 2",
                "R5|r0 r1|r0 r1|unit: MONTH, " + JANUARY + "|1970-01-01T00:00:00Z 2: 2",
                "R6|r0 r1|r0 r1|from: \"1980-01-01T00:00:00Z\", to: \"1980-01-04T00:00:00Z\"|''",
                "D3|d3signup|d3buy|from: \"2021-01-01T00:00:00Z\", to: \"2021-01-05T00:00:00Z\""
                        + "|2021-01-01T00:00:00Z 1: 0 0 1 1",
                "D4|d4|d4|unit: MONTH, from: \"2021-01-01T00:00:00Z\", to: \"2021-04-01T00:00:00Z\""
                        + "|2021-01-01T00:00:00Z 1: 0 0 1",
                "D7|d3signup|d3buy|from: \"2021-01-01T00:00:00Z\", to: \"2021-01-03T00:00:00Z\""
                        + "|2021-01-01T00:00:00Z 1: 0 0",
                "D13|d13|d13|zone: \"America/New_York\", from: \"2021-03-13T05:00:00Z\", to: \"2021-03-15T04:00:00Z\""
                        + "|2021-03-13T05:00:00Z 1: 0 1"
            })
    void retention(String id, String first, String returning, String options, String expected) {
        assertThat(retention(first, returning, options)).isEqualTo(expected);
    }

    /** The counts of the steps, those with a mark being where teststr is test1; rows by value. */
    private String funnel(String steps, String options) {
        var written = Stream.of(steps.split(" ", -1))
                .map(step -> step.endsWith("!")
                        ? "{collection: \"" + step.replace("!", "")
                                + "\", where: {property: {name: \"teststr\", eq: \"test1\"}}}"
                        : "{collection: \"" + step + "\"}")
                .collect(Collectors.joining(" "));
        var rows = target.ask(
                        "{ funnel(input: {steps: [%s]%s}) { rows { value steps { count } } } }"
                                .formatted(written, options),
                        Map.of())
                .at("/funnel/rows");
        return elements(rows)
                .map(row ->
                        (row.get("value").isNull() ? "" : row.get("value").asText() + ": ") + counts(row.get("steps")))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** Each cohort with its size and the counts of its periods; those of FX-R are any event. */
    private String retention(String first, String returning, String options) {
        var rows = target.ask(
                        "{ retention(input: {first: %s, returning: %s, %s}) { rows { cohort size periods { count } } } }"
                                .formatted(action(first), action(returning), options),
                        Map.of())
                .at("/retention/rows");
        return elements(rows)
                .map(row ->
                        row.get("cohort").asText() + " " + row.get("size").asText() + ": " + counts(row.get("periods")))
                .collect(Collectors.joining(", "));
    }

    /** Several collections are any event, but for those of the other cases. */
    private static String action(String collections) {
        return collections.contains(" ")
                ? "{where: {property: {name: \"_collection\", in: [\"%s\"]}}}"
                        .formatted(collections.replace(" ", "\", \""))
                : "{collection: \"" + collections + "\"}";
    }

    private static String counts(JsonNode parts) {
        return elements(parts).map(part -> part.get("count").asText()).collect(Collectors.joining(" "));
    }

    private static Stream<JsonNode> elements(JsonNode parent) {
        return StreamSupport.stream(parent.spliterator(), false);
    }

    /** Events such as u1@2021-01-02, in the order of their ids. */
    private void send(String collection, String events) {
        for (var event : events.split(" ", -1)) {
            var parts = event.split("@", -1);
            var time = parts[1].contains("T") ? parts[1] : parts[1] + "T00:00:00Z";
            send(collection, parts[0], Instant.parse(time), Map.of());
        }
    }

    private void send(String collection, String user, Instant time, Map<String, Object> properties) {
        var event = Map.of("collection", collection, "user", user, "time", time.toString(), "properties", properties);
        assertThat(target.ask(COLLECT, Map.of("events", List.of(event)))
                        .at("/collect/stored")
                        .asInt())
                .isOne();
    }
}
