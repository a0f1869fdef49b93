package dev.tidemark.core.questions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuestionsSchemaTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private TestEngine engine;
    private TestProject shop;

    @BeforeAll
    void fill(PostgresAddress address) {
        engine = TestEngine.start(address);
        shop = engine.project();
        shop.collect(Event.of("Purchase")
                .at(NOON.plusSeconds(60))
                .by("u1")
                .with("country", "US")
                .with("Order Total", "much"));
        for (int i = 0; i < 10; i++) {
            shop.collect(Event.of("Page View")
                    .at(NOON.plusSeconds(3600L * i))
                    .by("u" + i % 3)
                    .with("country", i % 2 == 0 ? "DE" : "US")
                    .with("Order Total", i * 10L)
                    .with("time", "noon")
                    .with("tags", List.of("t" + i % 2, "all")));
        }
    }

    @AfterAll
    void close() {
        engine.close();
    }

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
    void aggregatesWorkWithAliasesFragmentsAndVariables() {
        var data = shop.query("""
            query Sales($of: String!, $country: JSON!, $zone: String = "Europe/Berlin", $with: Boolean!) {
              byCountry: aggregate(collection: "page_view", measures: [{measure: COUNT}, {measure: SUM, of: $of}]
                  groupBy: [{property: "country"}], orderBy: [{by: "count", direction: DESC}, {by: "sum_orderTotal"}]) { ...groups }
              byDay: aggregate(collection: "Page View", measures: {measure: COUNT, as: "n"}, zone: $zone
                  timeBucket: {unit: DAY}, where: {property: {name: "country", eq: $country}}) { ...groups }
              left: aggregate(collection: "page_view", measures: {measure: COUNT}) @include(if: $with) { ...groups }
            }
            fragment groups on Aggregation { rows { bucket group measures isRest } freshness { isExact servedFrom errorBound } }
            """, Map.of("of", "orderTotal", "country", "US", "with", false));

        assertThat(data).containsOnlyKeys("byCountry", "byDay");
        assertThat(list(object(data, "byCountry"), "rows"))
                .extracting("group", "measures")
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                Map.of("country", "DE"), Map.of("count", 5L, "sum_orderTotal", 200L)),
                        org.assertj.core.groups.Tuple.tuple(
                                Map.of("country", "US"), Map.of("count", 5L, "sum_orderTotal", 250L)));
        assertThat(list(object(data, "byDay"), "rows"))
                .containsExactly(Map.of(
                        "bucket",
                        "2025-12-31T23:00:00Z",
                        "group",
                        Map.of(),
                        "measures",
                        Map.of("n", 5L),
                        "isRest",
                        false));
        assertThat(object(object(data, "byDay"), "freshness"))
                .containsEntry("isExact", true)
                .containsEntry("servedFrom", "RAW")
                .containsEntry("errorBound", null);
    }

    @Test
    void everyKindOfMeasureAndTheRestAreAnswered() {
        var rows = rows("""
            measures: [{measure: COUNT}, {measure: DISTINCT, of: "_person"}, {measure: AVG, of: "Order Total"},
              {measure: MIN, of: "order_total"}, {measure: MAX, of: "_time", as: "last"},
              {measure: PERCENTILE, of: "ORDER TOTAL", p: 0.5, as: "median"}, {measure: TOP, of: "_user", n: 1, as: "busiest"}]
            groupBy: {part: HOUR_OF_DAY}, first: 1, rest: true, having: {measure: "count", gte: 1}
            """);

        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst())
                .containsEntry("group", Map.of("hour_of_day", 12L))
                .containsEntry(
                        "measures",
                        Map.of(
                                "count",
                                1L,
                                "distinct__person",
                                1L,
                                "avg_Order Total",
                                0.0,
                                "min_order_total",
                                0L,
                                "last",
                                "2026-01-01T12:00:00Z",
                                "median",
                                0.0,
                                "busiest",
                                List.of(Map.of("value", "u0", "count", 1L))));
        assertThat(rows.getLast()).containsEntry("isRest", true);
        assertThat(object(rows.getLast(), "measures"))
                .containsEntry("count", 9L)
                .containsEntry("busiest", List.of(Map.of("value", "u0", "count", 3L)));
        assertThat(object(rows.getLast(), "group")).containsEntry("hour_of_day", null);
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
    void measuresAreFilteredAndDivided() {
        var rows = rows("""
            measures: [{measure: COUNT, as: "all"}, {measure: COUNT, as: "german", where: {property: {name: "country", eq: "DE"}}}
              {measure: SUM, of: "Order Total", as: "share", where: {property: {name: "country", eq: "DE"}}, over: {measure: SUM, of: "Order Total"}}
              {measure: COUNT, over: {measure: COUNT, where: {property: {name: "country", eq: "FR"}}}}
              {measure: APPROXIMATE_DISTINCT, of: "_person", as: "people"}]
            groupBy: {property: "_user"}, orderBy: [{by: "share", direction: DESC}], having: {measure: "german", gt: 1}
            """);

        assertThat(rows)
                .extracting("group", "measures")
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Map.of("_user", "u2"), measures(3L, 2L, 100.0 / 150)),
                        org.assertj.core.groups.Tuple.tuple(Map.of("_user", "u0"), measures(4L, 2L, 60.0 / 180)));
    }

    private static Map<String, @Nullable Object> measures(long all, long german, double share) {
        var measures = new java.util.HashMap<String, @Nullable Object>();
        measures.put("all", all);
        measures.put("german", german);
        measures.put("share", share);
        measures.put("count_per_count", null);
        measures.put("people", 1L);
        return measures;
    }

    @Test
    void rowsLeadOnToTheirPeopleAndEvents() {
        var rows = list(object(shop.query("""
            { aggregate(collection: "page_view", measures: {measure: COUNT}, groupBy: {property: "country"}
                timeBucket: {unit: DAY}, first: 1, rest: true) {
              rows { isRest group
                people(first: 2) { nodes { id } edges { cursor } pageInfo { hasNextPage endCursor } }
                events(first: 1) { nodes { time properties } pageInfo { hasNextPage } } } } }
            """), "aggregate"), "rows");

        assertThat(rows).hasSize(2);
        assertThat(object(rows.getFirst(), "people"))
                .containsEntry("nodes", List.of(Map.of("id", "u0"), Map.of("id", "u1")));
        assertThat(object(object(rows.getFirst(), "people"), "pageInfo")).containsEntry("hasNextPage", true);
        assertThat(list(object(rows.getFirst(), "events"), "nodes"))
                .extracting("time")
                .containsExactly("2026-01-01T20:00:00Z");
        assertThat(list(object(rows.getLast(), "events"), "nodes"))
                .extracting("time")
                .containsExactly("2026-01-01T21:00:00Z");
    }

    @Test
    void severalCollectionsAreAskedAsOne() {
        var rows = list(object(shop.query("""
            { aggregate(collection: "page_view", union: ["Purchase"], measures: {measure: COUNT}, first: 10
                groupBy: [{property: "_collection"}, {property: "country"}, {property: "time"}]) {
              rows { group measures events(first: 1) { nodes { collection properties } } } } }
            """), "aggregate"), "rows");

        assertThat(rows)
                .extracting("group")
                .containsExactly(
                        Map.of("_collection", "Page View", "country", "DE", "time", "noon"),
                        Map.of("_collection", "Page View", "country", "US", "time", "noon"),
                        withNull(Map.of("_collection", "Purchase", "country", "US"), "time"));
        assertThat(list(object(rows.getLast(), "events"), "nodes"))
                .containsExactly(
                        Map.of("collection", "Purchase", "properties", Map.of("country", "US", "Order Total", "much")));
        assertThat(error("aggregate(collection: \"page_view\", union: [\"Purchase\"], measures: {measure: SUM, of:"
                        + " \"Order Total\"}) { rows { measures } }"))
                .isEqualTo("BAD_USER_INPUT measures: \"Order Total\" cannot be asked of all: it is TEXT in \"Purchase\""
                        + " and LONG elsewhere.");
        assertThat(error("aggregate(collection: \"page_view\", union: [\"Page View\"], measures: {measure: COUNT})"
                        + " { rows { measures } }"))
                .contains("BAD_USER_INPUT", "twice");
    }

    private static Map<String, @Nullable Object> withNull(Map<String, Object> map, String key) {
        var copy = new java.util.HashMap<String, @Nullable Object>(map);
        copy.put(key, null);
        return copy;
    }

    @Test
    void eachRowIsComparedWithTheEarlierTime() {
        var compared = """
            { aggregate(collection: "page_view", compare: %s, groupBy: {property: "country"}, orderBy: {by: "n"}
                measures: [{measure: COUNT, as: "n"}, {measure: SUM, of: "Order Total", as: "sum"}]
                where: {property: {name: "_time", gte: "2026-01-01T17:00:00Z", lt: "2026-01-01T22:00:00Z"}}) {
              rows { group measures earlier { bucket measures change growth } } } }
            """;

        var rows = list(object(shop.query(compared.formatted("PREVIOUS_PERIOD")), "aggregate"), "rows");

        assertThat(rows.getFirst())
                .containsEntry("group", Map.of("country", "DE"))
                .containsEntry("measures", Map.of("n", 2L, "sum", 140L));
        assertThat(object(rows.getFirst(), "earlier"))
                .containsEntry("measures", Map.of("n", 3L, "sum", 60L))
                .containsEntry("change", Map.of("n", -1L, "sum", 80L))
                .containsEntry("growth", Map.of("n", -1 / 3.0, "sum", 80 / 60.0));
        assertThat(object(
                        list(object(shop.query(compared.formatted("PREVIOUS_YEAR")), "aggregate"), "rows")
                                .getFirst(),
                        "earlier"))
                .containsEntry("measures", withNull(Map.of("n", 0L), "sum"))
                .containsEntry("growth", withNull(withNull(Map.of(), "n"), "sum"));
        assertThat(error("aggregate(collection: \"page_view\", compare: PREVIOUS_DAY, measures: {measure: COUNT})"
                        + " { rows { measures } }"))
                .isEqualTo("BAD_USER_INPUT compare: A comparison needs to know from when to when: add gte and lt of"
                        + " \"_time\" to where.");
    }

    @Test
    void onlyAMasterKeySeesAnExplanation() {
        var reader = new dev.tidemark.spi.Caller(
                "reader", java.util.Set.of(dev.tidemark.spi.Scope.READ), java.util.Optional.of(shop.project()));
        var answer = new TestProject(shop.engine(), shop.project(), reader)
                .answer("{ events(collection: \"page_view\", first: 1) { nodes { user } explain { sql } } }", Map.of());

        assertThat(list(answer, "errors")).extracting("extensions").asString().contains("FORBIDDEN");
        assertThat(object(
                        object(shop.query("{ events(collection: \"page_view\") { explain { sql plan } } }"), "events"),
                        "explain"))
                .extractingByKey("plan")
                .asString()
                .contains("Limit");
    }

    @Test
    void whatLeadsOnCostsForEachRow() {
        assertThat(error("aggregate(collection: \"page_view\", measures: {measure: COUNT}, groupBy: {property:"
                        + " \"country\"}) { rows { people { nodes { id } } } }"))
                .startsWith("BAD_USER_INPUT first");
        assertThat(list(
                        shop.answer(
                                "{ aggregate(collection: \"page_view\", first: 1000, measures: {measure: COUNT},"
                                        + " groupBy: {property: \"country\"}) { rows { people { nodes { id } } } } }",
                                Map.of()),
                        "errors"))
                .asString()
                .contains("QUERY_TOO_COMPLEX");
    }

    @Test
    void anExplanationTellsTheStatementAndThePlanWithoutAnswering() {
        var asked = "{ aggregate(collection: \"page_view\", measures: {measure: COUNT}, where: {property: {name:"
                + " \"country\", eq: \"DE\"}}) { explain { relations rewriter sql parameters plan } } }";

        var explained = object(object(shop.query(asked), "aggregate"), "explain");

        assertThat(explained)
                .containsEntry("relations", List.of("page_view"))
                .containsEntry("rewriter", null)
                .containsEntry("parameters", List.of("DE", 10_001L));
        assertThat((String) explained.get("sql"))
                .contains("select", "count(*)", "\"country\" = ?")
                .doesNotContain("DE");
        assertThat((String) explained.get("plan")).contains("Aggregate", "Scan");
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

    private List<Map<String, @Nullable Object>> rows(String arguments) {
        var query =
                "{ aggregate(collection: \"page_view\", " + arguments + ") { rows { bucket group measures isRest } } }";
        return list(object(shop.query(query), "aggregate"), "rows");
    }

    private String error(String field) {
        var error = list(shop.answer("{ " + field + " }", Map.of()), "errors").getFirst();
        var extensions = object(error, "extensions");
        var path = ((List<?>) Objects.requireNonNull(extensions.get("argumentPath")))
                .stream().map(String::valueOf).collect(java.util.stream.Collectors.joining("."));
        return extensions.get("code") + " " + path + ": " + error.get("message");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(Map<String, @Nullable Object> parent, String key) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(parent.get(key));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, @Nullable Object>> list(Map<String, @Nullable Object> parent, String key) {
        return (List<Map<String, @Nullable Object>>)
                Objects.requireNonNull(parent.get(key), () -> String.valueOf(parent));
    }
}
