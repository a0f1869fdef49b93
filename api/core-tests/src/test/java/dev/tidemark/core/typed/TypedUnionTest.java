package dev.tidemark.core.typed;

import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several collections asked as one, by typed fields. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TypedUnionTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String COLLECTIONS =
            "{ __type(name: \"DataCollection\") { enumValues { name description } } }";

    @AutoClose
    private TestEngine engine;

    private TestProject shop;

    @BeforeAll
    void fill(PostgresAddress address) {
        engine = TestEngine.start(address);
        shop = engine.project();
        shop.collect(
                Event.of("Page View").at(NOON).by("ann").with("country", "DE").with("size", 1L),
                Event.of("Page View").at(NOON).by("bob").with("country", "US").with("size", 2L),
                Event.of("purchase")
                        .at(NOON.plusSeconds(60))
                        .by("ann")
                        .with("country", "DE")
                        .with("size", "XL"),
                Event.of("refund").at(NOON.plusSeconds(90)).by("ann"));
    }

    @Test
    void collectionsAreAskedAsOne() {
        var answer = ask("""
            query ($with: [DataCollection!]) { data { pageView { aggregate(
                union: $with, groupBy: [COUNTRY, COLLECTION], first: 10, where: {user: {eq: "ann"}}
            ) { rows { group { country collection } count people { nodes { id } } events(first: 1) { nodes { collection } } } } } } }
            """, Map.of("with", List.of("PURCHASE", "REFUND")));

        assertThat(list(answer, "rows"))
                .extracting(
                        row -> object(row, "group").get("country"),
                        row -> object(row, "group").get("collection"),
                        row -> list(object(row, "people"), "nodes").getFirst().get("id"),
                        row -> list(object(row, "events"), "nodes").getFirst().get("collection"))
                .containsExactly(
                        tuple("DE", "Page View", "ann", "Page View"),
                        tuple("DE", "purchase", "ann", "purchase"),
                        tuple(null, "refund", "ann", "refund"));
    }

    @Test
    void whatAllDoNotHaveAlikeIsRefused() {
        assertThat(refusal("union: PURCHASE, groupBy: SIZE")).contains("it is TEXT in", "argumentPath=[groupBy]");
        assertThat(refusal("union: PAGE_VIEW")).contains("named twice", "argumentPath=[union]");
        assertThat(refusal("union: SIGNUP")).contains("DataCollection");
    }

    @Test
    void aCollectionIsInTheEnumAtOnceAndAloneHasNone() {
        var project = engine.project();
        project.collect(Event.of("Page View"));
        assertThat(project.query(COLLECTIONS)).containsEntry("__type", null);

        project.collect(Event.of("purchase"));

        assertThat(list(object(project.query(COLLECTIONS), "__type"), "enumValues"))
                .extracting(value -> value.get("name"), value -> value.get("description"))
                .containsExactly(
                        tuple("PAGE_VIEW", "Collection \"Page View\"."), tuple("PURCHASE", "Collection \"purchase\"."));
        assertThat(object(
                        project.query("{ data { purchase { aggregate(union: [PAGE_VIEW]) { rows { count } } } } }"),
                        "data",
                        "purchase"))
                .containsEntry("aggregate", Map.of("rows", List.of(Map.of("count", 2L))));
    }

    private Map<String, @Nullable Object> ask(String query, Map<String, @Nullable Object> variables) {
        return object(shop.query(query, variables), "data", "pageView", "aggregate");
    }

    private String refusal(String arguments) {
        return shop.answer("{ data { pageView { aggregate(" + arguments + ") { rows { count } } } } }", Map.of())
                .toString();
    }
}
