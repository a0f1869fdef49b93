package dev.tidemark.core.questions;

import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuestionsSchemaTest extends ShopQuestions {

    @Test
    void collectionsTellWhatCanBeAsked() {
        var collection = object(shop.query("""
            { collection(name: "page-view") { name label graphqlName eventCount firstEvent lastEvent columns { name label type } } }
            """), "collection");

        assertThat(collection)
                .containsEntry("name", "page_view")
                .containsEntry("label", "Page View")
                .containsEntry("graphqlName", "pageView")
                .containsEntry("eventCount", 10L)
                .containsEntry("firstEvent", "2026-01-01T12:00:00Z")
                .containsEntry("lastEvent", "2026-01-01T21:00:00Z");
        assertThat(list(collection, "columns"))
                .contains(
                        Map.of("name", "_time", "label", "_time", "type", "TIMESTAMP"),
                        Map.of("name", "_person", "label", "_person", "type", "TEXT"),
                        Map.of("name", "order_total", "label", "Order Total", "type", "LONG"),
                        Map.of("name", "tags", "label", "tags", "type", "TEXT_LIST"));
    }

    @Test
    void anEmptyProjectHasNoCollections() {
        var data = engine.project().query("{ collections { name eventCount firstEvent } }");

        assertThat(data).containsEntry("collections", List.of());
    }

    @Test
    void conditionsNestAndListsAreSearched() {
        var rows = rows("""
            measures: {measure: COUNT}
            where: {and: [{or: [{property: {name: "tags", eq: "t1"}}, {property: {name: "country", in: ["DE"]}}]},
              {not: {property: {name: "Order Total", lt: 50}}},
              {property: {name: "_time", gte: "2026-01-01", lt: "2026-01-01T20:00:00+00:00"}}]}
            """);

        assertThat(rows).extracting("measures").containsExactly(Map.of("count", 3L));
    }

    @Test
    void aPropertyWithAReservedWordAsNameIsItsOwn() {
        var rows = rows("measures: {measure: COUNT}, groupBy: {property: \"time\"}");

        assertThat(rows).extracting("group").containsExactly(Map.of("time", "noon"));
    }

    @Test
    void pagesFollowOneAnotherWithoutRepeatingOrSkipping() {
        var seen = new ArrayList<Object>();
        Object after = null;
        do {
            var variables = new java.util.HashMap<String, @Nullable Object>();
            variables.put("after", after);
            var page = object(shop.query("""
                query($after: String) { events(collection: "page_view", first: 3, after: $after,
                  orderBy: {by: "country", direction: DESC}) {
                    edges { cursor node { time } } nodes { properties } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }
                """, variables), "events");
            list(page, "edges").forEach(edge -> seen.add(object(edge, "node").get("time")));
            var info = object(page, "pageInfo");
            assertThat(info).containsEntry("hasPreviousPage", after != null);
            assertThat(info.get("startCursor"))
                    .isEqualTo(list(page, "edges").getFirst().get("cursor"));
            after = Boolean.TRUE.equals(info.get("hasNextPage")) ? info.get("endCursor") : null;
        } while (after != null);

        assertThat(seen).hasSize(10).doesNotHaveDuplicates().startsWith("2026-01-01T21:00:00Z", "2026-01-01T19:00:00Z");
    }

    @Test
    void anEventIsFoundAgainByItsIdAndOnlyInItsProject() {
        var event = list(object(shop.query("""
            { events(collection: "page_view", first: 1) { nodes { id collection user anonymous messageId properties } } }
            """), "events"), "nodes").getFirst();
        assertThat(event)
                .containsEntry("collection", "Page View")
                .containsEntry("user", "u0")
                .containsEntry("anonymous", null)
                .containsEntry(
                        "properties",
                        Map.of("country", "US", "Order Total", 90L, "time", "noon", "tags", List.of("t1", "all")));

        var query = "query($id: ID!) { node(id: $id) { __typename id ... on Event { user } } }";
        Map<String, @Nullable Object> id = Map.of("id", Objects.requireNonNull(event.get("id")));

        assertThat(object(shop.query(query, id), "node"))
                .containsEntry("user", "u0")
                .containsEntry("__typename", "Event");
        assertThat(engine.project().query(query, id)).containsEntry("node", null);
        assertThat(shop.query(query, Map.of("id", "nonsense"))).containsEntry("node", null);
    }

    @Test
    void whatIsWrongIsToldWithTheNearestName() {
        assertThat(error("aggregate(collection: \"pageviews\", measures: {measure: COUNT}) { rows { measures } }"))
                .isEqualTo(
                        "BAD_USER_INPUT collection: There is no collection \"pageviews\". Did you mean \"Page View\"?");
        assertThat(error("aggregate(collection: \"page_view\", measures: {measure: SUM, of: \"order_totl\"}) {"
                        + " rows { measures } }"))
                .isEqualTo("BAD_USER_INPUT measures: \"Page View\" has no property \"order_totl\". Did you mean"
                        + " \"order_total\"?");
        assertThat(error("aggregate(collection: \"page_view\", measures: {measure: AVG, of: \"country\"}) {"
                        + " rows { measures } }"))
                .contains("BAD_USER_INPUT measures", "\"country\"", "TEXT");
        assertThat(error("aggregate(collection: \"page_view\", measures: {measure: COUNT}, where: {property:"
                        + " {name: \"order_total\", eq: \"abc\"}}) { rows { measures } }"))
                .contains("BAD_USER_INPUT where", "\"Order Total\"", "LONG", "\"abc\"");
        assertThat(error("aggregate(collection: \"page_view\", measures: {measure: COUNT}, zone:"
                        + " \"Europe/Berln\") { rows { measures } }"))
                .isEqualTo("BAD_USER_INPUT zone: \"Europe/Berln\" is no time zone. Did you mean \"Europe/Berlin\"?");
        assertThat(error("aggregate(collection: \"page_view\", measures: {measure: COUNT}, orderBy: {by:"
                        + " \"cout\"}) { rows { measures } }"))
                .isEqualTo(
                        "BAD_USER_INPUT orderBy: Nothing in this question is named \"cout\". Did you mean \"count\"?");
        assertThat(error("aggregate(collection: \"page_view\", measures: [{measure: COUNT}, {measure: COUNT}])"
                        + " { rows { measures } }"))
                .contains("BAD_USER_INPUT measures", "\"count\"");
        assertThat(error("aggregate(collection: \"page_view\", measures: {measure: TOP, of: \"country\", n: 0})"
                        + " { rows { measures } }"))
                .contains("BAD_USER_INPUT measures.n");
        assertThat(error("aggregate(collection: \"page_view\", measures: {measure: COUNT}, timeBucket: {unit:"
                        + " MINUTE, every: 7}) { rows { measures } }"))
                .contains("BAD_USER_INPUT timeBucket.every", "60");
        assertThat(error("aggregate(collection: \"page_view\", measures: {measure: COUNT}, timeBucket: {unit:"
                        + " SECOND}, fillGaps: true, where: {property: {name: \"_time\", gte:"
                        + " \"2020-01-01\"}}) { rows { measures } }"))
                .contains("QUERY_TOO_COMPLEX fillGaps");
        assertThat(error("events(collection: \"page_view\", first: 1001) { nodes { id } }"))
                .contains("BAD_USER_INPUT first");
        assertThat(error("events(collection: \"page_view\", after: \"bm9uc2Vuc2U\") { nodes { id } }"))
                .contains("BAD_USER_INPUT after");
    }
}
