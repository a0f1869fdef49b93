package dev.tidemark.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases of segmentation, on their fixture FX-E, and of types, as a client over HTTP sees them. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AnalyticsCasesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLLECT =
            "mutation ($events: [EventInput!]!) { collect(input: {events: $events}) { stored warnings } }";

    private static final String COLUMNS =
            "query ($name: String!) { collection(name: $name) { columns { name label type } } }";

    private Target target;

    @BeforeAll
    void start(PostgresAddress database) throws SQLException {
        target = new Target(database);
        send(IntStream.range(0, 100)
                .mapToObj(i -> event(
                        "test",
                        Instant.EPOCH.plusSeconds(100L * i),
                        Map.of("teststr", "test" + i, "testnumber", i + 0.0, "testbool", i % 2 == 0)))
                .toList());
        send(List.of(event("late", Instant.parse("1970-01-15T12:00:00Z"), Map.of())));
    }

    @AfterAll
    void stop() throws SQLException {
        target.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "E1|measures: [{measure: COUNT}]|100",
                "E3|measures: [{measure: COUNT}], groupBy: [{part: HOUR_OF_DAY}]|0 36, 1 36, 2 28",
                "E3|measures: [{measure: COUNT}], groupBy: [{part: DAY_OF_MONTH}]|1 100",
                "E3|measures: [{measure: COUNT}], groupBy: [{part: MONTH_OF_YEAR}]|1 100",
                "E3|measures: [{measure: COUNT}], groupBy: [{part: DAY_OF_WEEK}]|4 100",
                "E4|measures: [{measure: COUNT}], where: {property: {name: \"testbool\", eq: true}}|50",
                "E5|measures: [{measure: SUM, of: \"testnumber\"}]|4950.0",
                "E6|measures: [{measure: AVG, of: \"testnumber\"}, {measure: MAX, of: \"testnumber\"}, {measure: MIN, of:"
                        + " \"testnumber\"}], groupBy: [{property: \"testbool\"}]|false 50.0 99.0 1.0, true 49.0 98.0 0.0",
                "E7|measures: [{measure: DISTINCT, of: \"teststr\"}], groupBy: [{property: \"testbool\"}]|false 50, true 50"
            })
    void segmentation(String id, String question, String rows) {
        assertThat(text(aggregate("test", question))).isEqualTo(rows);
    }

    @Test
    void d9TheWeekIsThatOfIso() {
        assertThat(text(aggregate("late", "measures: [{measure: COUNT}], groupBy: [{part: WEEK_OF_YEAR}]")))
                .isEqualTo("3 1");
    }

    @Test
    void e9TheRestHoldsWhatTheTopFifteenDoNot() {
        var rows = aggregate(
                "test",
                "measures: [{measure: COUNT}], groupBy: [{property: \"testnumber\"}], orderBy: [{by: \"count\", direction:"
                        + " DESC}], first: 15, rest: true");

        assertThat(rows).hasSize(16);
        assertThat(rows.getLast().get("isRest").asBoolean()).isTrue();
        assertThat(rows.getLast().at("/measures/count").asInt()).isEqualTo(85);
        assertThat(rows.stream()
                        .mapToInt(row -> row.at("/measures/count").asInt())
                        .sum())
                .isEqualTo(100);
    }

    @Test
    void e11TheAverageOfTextIsRefusedByItsNameAndType() {
        assertThatThrownBy(() -> aggregate("test", "measures: [{measure: AVG, of: \"teststr\"}]"))
                .hasMessageContaining("teststr")
                .hasMessageContaining("TEXT")
                .hasMessageContaining("BAD_USER_INPUT");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "J1|{\"a\": 1, \"b\": 0.0, \"c\": 1.5, \"d\": false, \"e\": \"2020-01-02T03:04:05Z\", \"f\": \"2020-01-02\","
                        + " \"g\": \"test\"}|a LONG, b DOUBLE, c DOUBLE, d BOOLEAN, e TIMESTAMP, f DATE, g TEXT",
                "J2|{\"a\": {\"b\": 1}, \"n\": [1, 2], \"m\": [\"a\", {\"b\": 1}]}|a_b LONG, n LONG_LIST, m JSON"
            })
    void newPropertiesHaveTheTypesOfTheirValues(String id, String properties, String columns) {
        assertThat(collect(id, properties)).isZero();

        assertThat(columns(id)).isEqualTo(columns);
    }

    @Test
    void j5NothingMakesNoColumn() {
        assertThat(collect("J5", "{\"a\": null, \"b\": [], \"c\": [null], \"d\": {}}"))
                .isZero();

        assertThat(columns("J5")).isEmpty();
    }

    @Test
    void j6WhatDoesNotFitIsKeptBesideWithAWarning() {
        collect("J6", "{\"t\": \"x\", \"n\": 1, \"b\": true}");

        var warnings = collect("J6", "{\"t\": [\"test\"], \"n\": \"abc\", \"b\": 5}");

        assertThat(warnings).isEqualTo(3);
        assertThat(columns("J6")).isEqualTo("t TEXT, n LONG, b BOOLEAN");
        assertThat(lastProperties("J6")).isEqualTo(json("{\"t\": [\"test\"], \"n\": \"abc\", \"b\": 5}"));
    }

    @Test
    void j11WholeNumbersWidenAndLargeOnesAreKeptBeside() {
        collect("J11", "{\"n\": 1, \"m\": 1}");

        assertThat(collect("J11", "{\"n\": 2.5}")).isZero();
        assertThat(collect("J11", "{\"m\": 9223372036854775808}")).isOne();

        assertThat(columns("J11")).isEqualTo("n DOUBLE, m LONG");
        assertThat(lastProperties("J11")).isEqualTo(json("{\"m\": \"9223372036854775808\"}"));
    }

    @Test
    void j12SpellingsOfANameAreOnePropertyWhateverComesFirst() {
        var names = List.of("Order Total", "orderTotal", "order_total", "ORDER TOTAL");
        for (var first : names) {
            var collection = "J12 " + names.indexOf(first);
            collect(collection, "{\"%s\": 0}".formatted(first));
            names.forEach(name -> collect(collection, "{\"%s\": 1}".formatted(name)));

            assertThat(columns(collection)).isEqualTo("order_total LONG");
            assertThat(target.ask(COLUMNS, Map.of("name", collection)).findValuesAsText("label"))
                    .contains(first);
            assertThat(text(aggregate(collection, "measures: [{measure: SUM, of: \"order_total\"}]")))
                    .isEqualTo("4");
        }
    }

    private String columns(String collection) {
        var columns = target.ask(COLUMNS, Map.of("name", collection)).at("/collection/columns");
        return elements(columns)
                .filter(column -> !column.get("name").asText().startsWith("_"))
                .map(column ->
                        column.get("name").asText() + " " + column.get("type").asText())
                .collect(Collectors.joining(", "));
    }

    private JsonNode lastProperties(String collection) {
        return target.ask(
                        "query ($name: String!) { events(collection: $name, first: 1) { nodes { properties } } }",
                        Map.of("name", collection))
                .at("/events/nodes/0/properties");
    }

    /** Returns how many warnings there were. */
    private int collect(String collection, String properties) {
        return send(List.of(Map.of("collection", collection, "properties", json(properties))));
    }

    private int send(List<Map<String, Object>> events) {
        var answer = target.ask(COLLECT, Map.of("events", events)).get("collect");
        assertThat(answer.get("stored").asInt()).isEqualTo(events.size());
        return answer.get("warnings").asInt();
    }

    private List<JsonNode> aggregate(String collection, String question) {
        return elements(target.ask(
                                "{ aggregate(collection: \"%s\", %s) { rows { group measures isRest } } }"
                                        .formatted(collection, question),
                                Map.of())
                        .at("/aggregate/rows"))
                .toList();
    }

    /** Groupings and measures of a row with blanks between them, and commas between rows. */
    private static String text(List<JsonNode> rows) {
        return rows.stream()
                .map(row -> Stream.concat(elements(row.get("group")), elements(row.get("measures")))
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.joining(", "));
    }

    private static Stream<JsonNode> elements(JsonNode parent) {
        return StreamSupport.stream(parent.spliterator(), false);
    }

    private static Map<String, Object> event(String collection, Instant time, Map<String, Object> properties) {
        return Map.of("collection", collection, "time", time.toString(), "properties", properties);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
