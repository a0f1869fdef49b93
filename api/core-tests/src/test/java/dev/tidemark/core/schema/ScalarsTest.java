package dev.tidemark.core.schema;

import static dev.tidemark.core.schema.Shop.ask;
import static dev.tidemark.core.schema.Shop.codes;
import static dev.tidemark.core.schema.Shop.data;
import static dev.tidemark.core.schema.Shop.errors;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.schema.documents.GraphqlRequest;
import dev.tidemark.core.schema.faults.Stage;
import dev.tidemark.spi.Contribution;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalarsTest {

    private static final String SDL = """
            extend type Query {
              "A moment there and back."
              moment("It." it: DateTime): DateTime
              "A day there and back."
              day("It." it: LocalDate): LocalDate
              "A duration there and back."
              duration("It." it: Duration): Duration
              "An id there and back."
              uuid("It." it: UUID): UUID
              "A number there and back."
              number("It." it: Long): Long
              "Anything there and back."
              json("It." it: JSON): JSON
            }
            """;

    private final AtomicReference<Object> received = new AtomicReference<>();
    private final GraphqlEngine engine = Shop.engine(
            SDL,
            List.of("moment", "day", "duration", "uuid", "number", "json").stream()
                    .reduce(
                            Contribution.builder(),
                            (all, field) -> all.resolver("Query", field, env -> {
                                received.set(env.getArgument("it"));
                                return received.get();
                            }),
                            (one, other) -> one));

    @Test
    void valuesArriveAsJavasOwnTypes() {
        assertThat(there("moment", "\"2026-11-21T10:30:00.123456789+01:00\""))
                .isEqualTo(Instant.parse("2026-11-21T09:30:00.123456789Z"));
        assertThat(there("day", "\"2026-11-21\"")).isEqualTo(LocalDate.of(2026, 11, 21));
        assertThat(there("duration", "\"P1DT2H\"")).isEqualTo(Duration.ofHours(26));
        assertThat(there("uuid", "\"0190a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1b\""))
                .isEqualTo(UUID.fromString("0190a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1b"));
        assertThat(there("number", "\"9223372036854775807\"")).isEqualTo(Long.MAX_VALUE);
        assertThat(there("number", "9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "moment, '\"2026-11-21T09:30:00.123456Z\"', 2026-11-21T09:30:00.123456Z",
                "moment, '\"2026-11-21T09:30:00Z\"', 2026-11-21T09:30:00Z",
                "duration, '\"PT90M\"', PT1H30M",
                "number, 9007199254740991, 9007199254740991",
                "number, 9007199254740992, 9007199254740992",
                "number, -9223372036854775808, -9223372036854775808"
            })
    void valuesComeBackExactly(String field, String literal, String expected) {
        var answer = ask(engine, "{ " + field + "(it: " + literal + ") }");

        assertThat(((Map<?, ?>) data(answer)).get(field)).hasToString(expected);
    }

    @Test
    void aNumberIsATextOnlyWhereClientsWouldRoundIt() {
        assertThat(data(ask(engine, "{ number(it: 9007199254740991) }")))
                .isEqualTo(Map.of("number", 9007199254740991L));
        assertThat(data(ask(engine, "{ number(it: 9007199254740992) }")))
                .isEqualTo(Map.of("number", "9007199254740992"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "moment, infinity",
                "moment, now",
                "moment, 2026-11-21",
                "moment, 2026-11-21T09:30:00",
                "moment, 2016-12-31T23:59:60Z",
                "moment, 2026-02-30T00:00:00Z",
                "moment, +10000-01-01T00:00:00Z",
                "moment, 9999-12-31T23:59:59-01:00",
                "moment, 0001-01-01T00:00:00+01:00",
                "moment, +999999999-12-31T23:59:59Z",
                "day, 2026-13-01",
                "duration, P1M",
                "uuid, 1-1-1-1-1",
                "number, 9223372036854775808",
                "number, 1.5",
                "number, ''"
            })
    void whatIsNoSuchValueIsRefusedAsLiteralAndAsVariable(String field, String text) {
        var type = Map.of("moment", "DateTime", "day", "LocalDate", "duration", "Duration", "uuid", "UUID")
                .getOrDefault(field, "Long");

        var literal = ask(engine, "{ " + field + "(it: \"" + text + "\") }");
        var variable = ask(
                engine,
                GraphqlRequest.of("query($v: " + type + ") { " + field + "(it: $v) }", Map.of("v", text)),
                Shop.READER);

        assertThat(codes(literal)).containsExactly("GRAPHQL_VALIDATION_FAILED");
        assertThat(codes(variable)).containsExactly("BAD_USER_INPUT");
        assertThat(variable.stage()).isEqualTo(Stage.VARIABLES);
        assertThat(errors(variable).toString()).contains("Expected").doesNotContain("java");
    }

    @Test
    void jsonArrivesFromLiteralsWithVariablesInside() {
        var query = "query($x: JSON) { json(it: {a: [1, 1.5, \"t\", true, null, E], b: {c: $x}}) }";

        ask(engine, GraphqlRequest.of(query, Map.of("x", List.of(7L))), Shop.READER);

        assertThat(received.get())
                .isEqualTo(Map.of("a", Arrays.asList(1L, 1.5, "t", true, null, "E"), "b", Map.of("c", List.of(7L))));
    }

    @Test
    void numbersOfJsonLiteralsAreExact() {
        assertThat(there("json", "12345678901234567890")).isEqualTo(new BigInteger("12345678901234567890"));
        assertThat(there("json", "0.1")).isEqualTo(0.1);
        assertThat(there("json", "0.1234567890123456789")).isEqualTo(new BigDecimal("0.1234567890123456789"));
        assertThat(codes(ask(engine, "{ json(it: 1e1000000000) }"))).containsExactly("GRAPHQL_VALIDATION_FAILED");
        assertThat(codes(ask(engine, "{ json(it: {a: 1, a: 2}) }"))).containsOnly("GRAPHQL_VALIDATION_FAILED");
    }

    @Test
    void jsonGoesOutWithTextsForNumbersThatClientsWouldRound() {
        var value = Map.of("big", List.of(Long.MAX_VALUE, 5L, BigInteger.TWO.pow(80)), "at", Instant.EPOCH);

        var answer =
                ask(engine, GraphqlRequest.of("query($v: JSON) { json(it: $v) }", Map.of("v", value)), Shop.READER);

        assertThat(data(answer))
                .isEqualTo(Map.of(
                        "json",
                        Map.of(
                                "big",
                                List.of("9223372036854775807", 5L, "1208925819614629174706176"),
                                "at",
                                "1970-01-01T00:00:00Z")));
    }

    private Object there(String field, String literal) {
        var answer = ask(engine, "{ " + field + "(it: " + literal + ") }");
        assertThat(errors(answer)).isEmpty();
        return received.get();
    }
}
