package dev.tidemark.core.events.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.events.EventNode;
import dev.tidemark.core.json.StrictJsonReader;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.EventCollection.Property;
import dev.tidemark.spi.JsonReader.Item;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Submission;
import dev.tidemark.testkit.PostgresExtension;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The cases J1 to J12: JSON in, columns and values out. */
@ExtendWith(PostgresExtension.class)
class TypesTest {

    @AutoClose
    private final EventNode node;

    private Project project;

    TypesTest(PostgresAddress address) {
        this.node = EventNode.start(address);
    }

    @BeforeEach
    void project() {
        project = node.project();
    }

    @Test
    void j1EachKindOfValueHasItsType() {
        collect("""
                {"a": 1, "b": 0.0, "c": 1.5, "d": false, "e": "2020-01-02T03:04:05Z", "f": "2020-01-02", "g": "test"}
                """);

        assertThat(columns())
                .isEqualTo(
                        "a bigint, b double precision, c double precision, d boolean, e timestamptz, f date, g text");
        assertThat(properties())
                .isEqualTo(Map.of(
                        "a",
                        1L,
                        "b",
                        0.0,
                        "c",
                        1.5,
                        "d",
                        false,
                        "e",
                        Instant.parse("2020-01-02T03:04:05Z"),
                        "f",
                        LocalDate.of(2020, 1, 2),
                        "g",
                        "test"));
    }

    @Test
    void j2ObjectsAreFlattenedAndListsOfOneTypeAreLists() {
        collect("""
                {"o": {"b": 1, "c": {"d": {"e": {"f": 1}}}}, "n": [1, 2], "m": ["a", {"b": 1}],
                 "t": ["x", "y"], "d": [1.5], "z": [true], "i": ["2020-01-02T03:04:05Z"], "y": ["2020-01-02"]}
                """);

        assertThat(columns()).contains("o_b bigint", "n bigint[]", "m jsonb", "t text[]", "d double precision[]");
        assertThat(properties())
                .containsEntry("o.b", 1L)
                .containsEntry("n", List.of(1L, 2L))
                .containsEntry("m", List.of("a", Map.of("b", 1L)))
                .containsEntry("t", List.of("x", "y"))
                .containsEntry("d", List.of(1.5))
                .containsEntry("z", List.of(true))
                .containsEntry("i", List.of(Instant.parse("2020-01-02T03:04:05Z")))
                .containsEntry("y", List.of(LocalDate.of(2020, 1, 2)));
    }

    @Test
    void j5NothingMakesNoColumn() {
        var outcome = collect("""
                {"a": null, "b": [], "c": [null], "d": {}}
                """);

        assertThat(columns()).isEmpty();
        assertThat(warnings(outcome)).isZero();
    }

    @Test
    void j6WhatDoesNotFitIsKeptBesideWithOneWarningEach() {
        collect("{\"text\": \"x\", \"number\": 1, \"truth\": true}");

        var outcome = collect("{\"text\": [\"test\"], \"number\": \"abc\", \"truth\": 5}");

        assertThat(columns()).isEqualTo("text text, number bigint, truth boolean");
        assertThat(warnings(outcome)).isEqualTo(3);
        assertThat(properties()).isEqualTo(Map.of("text", List.of("test"), "number", "abc", "truth", 5L));
        assertThat(node.text(project, "sum(count) from _warning")).isEqualTo("3");
    }

    @Test
    void j11WholeNumbersGiveWayToFractionsAndNothingIsRounded() {
        collect("{\"n\": 1, \"m\": 7}");

        var widened = collect("{\"n\": 2.5}");
        var tooLarge = collect("{\"m\": 9223372036854775808}");

        assertThat(columns()).isEqualTo("n double precision, m bigint");
        assertThat(warnings(widened)).isZero();
        assertThat(warnings(tooLarge)).isEqualTo(1);
        assertThat(node.all(project).stream().map(stored -> stored.event().properties()))
                .containsExactly(Map.of("n", 1.0, "m", 7L), Map.of("n", 2.5), Map.of("m", BigInteger.TWO.pow(63)));
    }

    @Test
    void aLargeNumberThatIsNewIsKeptBesideWithoutLoss() {
        var outcome =
                collect("{\"big\": 123456789012345678901234567890, \"exact\": 0.1234567890123456789, \"huge\": 1e400}");

        assertThat(warnings(outcome)).isEqualTo(3);
        assertThat(columns()).isEmpty();
        assertThat(properties())
                .containsEntry("big", new BigInteger("123456789012345678901234567890"))
                .containsEntry("exact", new BigDecimal("0.1234567890123456789"));
        assertThat((BigInteger) properties().get("huge")).isEqualTo(BigInteger.TEN.pow(400));
    }

    @Test
    void aFractionAmongNewWholeNumbersDecidesTheType() {
        collect("{\"n\": 1}", "{\"n\": 2.5}", "{\"n\": 3}");

        assertThat(columns()).isEqualTo("n double precision");
        assertThat(node.all(project).stream()
                        .map(stored -> stored.event().properties().get("n")))
                .containsExactly(1.0, 2.5, 3.0);
    }

    @Test
    void j12SpellingsOfANameAreOnePropertyWhateverComesFirst() {
        collect("{\"orderTotal\": 1}");
        collect("{\"Order Total\": 2}", "{\"order_total\": 3}", "{\"ORDER TOTAL\": 4}");
        var twice = collect("{\"orderTotal\": 5, \"Order Total\": 6}");

        assertThat(columns()).isEqualTo("order_total bigint");
        assertThat(warnings(twice)).isEqualTo(1);
        assertThat(properties()).isEqualTo(Map.of("orderTotal", 5L, "Order Total", 6L));
    }

    private List<Outcome> collect(String... properties) {
        List<Submission> submissions = new ArrayList<>();
        for (var json : properties) {
            var text = "{\"collection\": \"c\", \"properties\": " + json + "}";
            new StrictJsonReader()
                    .items(
                            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                            item -> submissions.add(node.events.submission(((Item.Read) item).value())));
        }
        var outcomes = node.collect(project, submissions);
        assertThat(outcomes).allMatch(outcome -> outcome instanceof Outcome.Stored);
        return outcomes;
    }

    private static int warnings(List<Outcome> outcomes) {
        return outcomes.stream()
                .mapToInt(outcome -> ((Outcome.Stored) outcome).warnings().size())
                .sum();
    }

    private String columns() {
        return node.catalogs.of(project).byLabel("c").orElseThrow().properties().stream()
                .map(TypesTest::column)
                .collect(Collectors.joining(", "));
    }

    private static String column(Property property) {
        return property.column() + " " + property.type().sql();
    }

    private Map<String, Object> properties() {
        return node.all(project).getLast().event().properties();
    }
}
