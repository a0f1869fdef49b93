package dev.tidemark.core.schema;

import static dev.tidemark.core.schema.Shop.ask;
import static dev.tidemark.core.schema.Shop.codes;
import static dev.tidemark.core.schema.Shop.data;
import static dev.tidemark.core.schema.Shop.errors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.tidemark.core.schema.documents.GraphqlRequest;
import dev.tidemark.core.schema.documents.Limits;
import dev.tidemark.core.schema.faults.Stage;
import dev.tidemark.spi.Contribution;
import graphql.introspection.IntrospectionQuery;
import graphql.language.OperationDefinition.Operation;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private final Hostile shop = new Hostile(Limits.standard());

    @Test
    void aLongDocumentIsRefusedWithTheNumber() {
        refused("{ ping #" + "x".repeat(16_384) + "\n}", "The document has 16394 characters, and 16384 are allowed");
    }

    @Test
    void aMutationMayBeLongerAsItMayCarryEvents() {
        var event = "{url: \"/a/rather/long/address\", amount: 12.5}, ";
        var mutation = "# a comment\n mutation { collect(collection: \"a\", events: [" + event.repeat(1200)
                + "]) { accepted } }";

        assertThat(mutation).hasSizeBetween(50_000, 65_536);
        assertThat(errors(ask(shop.engine, mutation))).isEmpty();
        refused(mutation.replace("collect(", "collect( # " + "x".repeat(20_000) + "\n"), "and 65536 are allowed");
    }

    @Test
    void manyTokensAreRefused() {
        refused("{" + "a:ping ".repeat(1_400) + "}", "The document has more than 4000 words, signs and values");
    }

    @Test
    void deepBracketsAreRefusedBeforeTheParserSeesThem() {
        var document = "query($a: " + "[".repeat(8_000) + "Int" + "]".repeat(8_000) + ") { ping }";

        assertTimeout(Duration.ofMillis(100), () -> refused(document, "nests brackets 8001 deep, and 32 are allowed"));
    }

    @Test
    void bracketsInTextsAndCommentsDoNotCount() {
        var brackets = "[".repeat(100);

        var answer = ask(
                shop.engine,
                "{ collection(name: \"\\\"" + brackets + "\") { name } # " + brackets + "\n b: collection(name: \"\"\""
                        + brackets + "\\\"\"\" {\"\"\") { name } }");

        assertThat(errors(answer)).isEmpty();
    }

    @Test
    void aDeepOperationIsRefused() {
        assertThat(errors(ask(
                        shop.engine,
                        "{ collection(name: \"a\") {" + "parent {".repeat(13) + "name" + "}".repeat(13) + "} }")))
                .isEmpty();
        refused(
                "{ collection(name: \"a\") {" + "parent {".repeat(14) + "name" + "}".repeat(14) + "} }",
                "The operation is 16 fields deep, and 15 are allowed");
    }

    @Test
    void depthIsCountedThroughFragments() {
        var query = new StringBuilder("{ collection(name: \"a\") { ...f0 } }");
        for (int i = 0; i < 14; i++) {
            query.append(" fragment f")
                    .append(i)
                    .append(" on Thing { parent { ...f")
                    .append(i + 1)
                    .append(" } }");
        }
        refused(query + " fragment f14 on Thing { name }", "The operation is 16 fields deep");
    }

    @Test
    void manyRootFieldsAreRefused() {
        var query = new StringBuilder("{");
        for (int i = 0; i < 51; i++) {
            query.append(" a").append(i).append(": ping");
        }
        refused(query + "}", "The operation has 51 fields at its root, and 50 are allowed");
    }

    @Test
    void costlyFieldsAreRefusedTogether() {
        var query = new StringBuilder("{");
        for (int i = 0; i < 11; i++) {
            query.append(" a").append(i).append(": sql(query: \"select 1\") { rows }");
        }
        refused(query + "}", "The operation costs 11000, and 10000 are allowed");
    }

    @Test
    void listsWithinListsMultiply() {
        refused("{ collections { collections { collections { collections { collections { name } } } } } }", "costs 1");
    }

    @Test
    void fragmentsThatDoubleEachOtherAreRefused() {
        var query = new StringBuilder("{ collection(name: \"a\") { ...f0 } }");
        for (int i = 0; i < 12; i++) {
            query.append(" fragment f%d on Thing { a: parent { ...f%d } b: parent { ...f%d } c: parent { ...f%d } }"
                    .formatted(i, i + 1, i + 1, i + 1));
        }
        var document = query + " fragment f12 on Thing { name }";

        assertTimeout(Duration.ofSeconds(2), () -> refused(document, "ask for less at once"));
    }

    @Test
    void aLeftOutFieldCostsNothing() {
        var answer = ask(shop.engine, "{ ping s: sql(query: \"\") @skip(if: true) { rows } }");

        assertThat(answer.body().get("extensions").toString()).contains("requested=10");
    }

    @Test
    void costFollowsTheNumberAskedFor() {
        var engine = Shop.engine(
                """
                extend type Query {
                  "Many things."
                  things("How many." first: Int = 20): Things
                }
                "A page of things."
                type Things {
                  "The page."
                  nodes: [Thing!]
                }
                "A thing."
                type Thing {
                  "Computed."
                  weight: Int
                }
                """,
                Contribution.builder()
                        .resolver("Query", "things", env -> Map.of())
                        .resolver("Thing", "weight", env -> 1));

        assertThat(cost(ask(engine, "{ things { nodes { weight } } }"))).isEqualTo(10L + 20);
        assertThat(cost(ask(
                        engine,
                        GraphqlRequest.of(
                                "query($n: Int) { things(first: $n) { nodes { weight } } }", Map.of("n", 500)),
                        Shop.READER)))
                .isEqualTo(10L + 500);
    }

    @Test
    void anAnswerWithTooManyValuesIsAnError() {
        var engine = Shop.engine(
                "extend type Query { \"Many.\" many: [Int!] }",
                Contribution.builder().resolver("Query", "many", env -> Collections.nCopies(200_001, 1)));

        var answer = ask(engine, "{ many }");

        assertThat(codes(answer)).containsExactly("QUERY_TOO_COMPLEX");
        assertThat(errors(answer).getFirst().get("message").toString()).contains("more than 200000 values");
        assertThat(answer.hasData()).isFalse();
    }

    @Test
    void toolsMayIntrospect() {
        var answer = ask(shop.engine, IntrospectionQuery.INTROSPECTION_QUERY);

        assertThat(errors(answer)).isEmpty();
        assertThat(data(answer).toString()).contains("collections");
    }

    @Test
    void circularIntrospectionIsRefused() {
        refused(
                "{ __schema { types { fields { type { fields { type { name } } } } } } }",
                "This asks for more of the schema than a tool would");
    }

    @Test
    void aKindOfOperationMayBeKeptOut() {
        var mutation = GraphqlRequest.of("mutation { collect(collection: \"a\", events: []) { accepted } }");

        var answer = (ExecutionAnswer.Complete)
                shop.engine.execute(mutation, Shop.MASTER, EnumSet.of(Operation.QUERY), Presence.ASSUMED);

        assertThat(answer.stage()).isEqualTo(Stage.OPERATION);
        assertThat(shop.asked).hasValue(0);
    }

    @Test
    void theOperationIsChosenByName() {
        var query = "query A { ping } query B { b: ping }";

        assertThat(data(ask(shop.engine, named(query, "B"), Shop.READER))).isEqualTo(Map.of("b", "pong"));
        assertThat(codes(ask(shop.engine, named(query, "C"), Shop.READER)))
                .containsExactly("GRAPHQL_VALIDATION_FAILED");
        assertThat(codes(ask(shop.engine, query))).containsExactly("GRAPHQL_VALIDATION_FAILED");
    }

    @Test
    void missingAndWrongVariablesAreTold() {
        var query = "query($n: String!) { collection(name: $n) { name } }";

        var missing = ask(shop.engine, query);
        var wrong = ask(shop.engine, GraphqlRequest.of(query, Map.of("n", List.of(1))), Shop.READER);

        assertThat(missing.stage()).isEqualTo(Stage.VARIABLES);
        assertThat(codes(missing)).containsExactly("BAD_USER_INPUT");
        assertThat(codes(wrong)).containsExactly("BAD_USER_INPUT");
    }

    @Test
    void anUnknownFieldIsToldWithItsPlace() {
        var answer = ask(shop.engine, "{ pong }");

        assertThat(codes(answer)).containsExactly("GRAPHQL_VALIDATION_FAILED");
        assertThat(errors(answer).getFirst()).containsEntry("locations", List.of(Map.of("line", 1, "column", 3)));
        assertThat(answer.stage()).isEqualTo(Stage.DOCUMENT);
    }

    private static GraphqlRequest named(String query, String operation) {
        return new GraphqlRequest(
                Optional.of(query), Optional.of(operation), Map.of(), Map.of(), Optional.empty(), Optional.empty());
    }

    private static Object cost(ExecutionAnswer.Complete answer) {
        return ((Map<?, ?>) ((Map<?, ?>) answer.body().get("extensions")).get("cost")).get("requested");
    }

    private void refused(String document, String message) {
        var answer = ask(shop.engine, document);

        assertThat(codes(answer)).containsExactly("QUERY_TOO_COMPLEX");
        assertThat(errors(answer).getFirst().get("message").toString()).contains(message);
        assertThat(answer.stage()).isEqualTo(Stage.DOCUMENT);
        assertThat(answer.hasData()).isFalse();
    }
}
