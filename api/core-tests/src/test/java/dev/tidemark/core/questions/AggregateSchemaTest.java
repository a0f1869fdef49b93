package dev.tidemark.core.questions;

import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.spi.Event;
import dev.tidemark.testkit.TestProject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AggregateSchemaTest extends ShopQuestions {

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

    /** The day after, at whose midnight the time ends, is in no month before. */
    @Test
    void theLastDayOfAShorterMonthIsComparedWithTheSameDayOfALongerOne() {
        var project = engine.project();
        project.query("""
            mutation { declareCollection(input: {name: "order", properties: {name: "due", type: DATE}}) {
              userErrors { message } } }
            """);
        for (var day : List.of("2026-04-29", "2026-04-30", "2026-04-30", "2026-05-01", "2026-05-30")) {
            project.collect(
                    Event.of("order").at(Instant.parse(day + "T12:00:00Z")).with("due", LocalDate.parse(day)));
        }
        var compared = """
            { aggregate(collection: "order", compare: PREVIOUS_MONTH, measures: {measure: COUNT, as: "n"}
                timeBucket: {unit: DAY, property: "%1$s"}
                where: {property: {name: "%1$s", gte: "2026-05-30%2$s", lt: "2026-05-31%2$s"}}) {
              rows { measures earlier { bucket measures } } } }
            """;

        for (var question : List.of(compared.formatted("_time", "T00:00:00Z"), compared.formatted("due", ""))) {
            assertThat(project.query(question))
                    .hasToString("{aggregate={rows=[{measures={n=1},"
                            + " earlier={bucket=2026-04-30T00:00:00Z, measures={n=2}}}]}}");
        }
    }

    @Test
    void gapsOfANumberAreFilledOnceInWhicheverScaleItIsWritten() {
        var project = engine.project();
        project.query("""
            mutation { declareCollection(input: {name: "order", properties: {name: "total", type: NUMERIC}}) {
              userErrors { message } } }
            """);
        project.collect(
                Event.of("order").at(NOON).with("total", new BigDecimal("2.0")),
                Event.of("order").at(NOON.plus(Duration.ofDays(2))).with("total", 2L));

        var rows = list(object(project.query("""
            { aggregate(collection: "order", measures: {measure: COUNT}, groupBy: {property: "total"}
                timeBucket: {unit: DAY}, fillGaps: true) { rows { measures } } }
            """), "aggregate"), "rows");

        assertThat(rows)
                .extracting("measures")
                .containsExactly(Map.of("count", 1L), Map.of("count", 0L), Map.of("count", 1L));
    }

    @Test
    void rowsAreOrderedByTheirChange() {
        var compared = """
            aggregate(collection: "page_view", compare: PREVIOUS_PERIOD, groupBy: {property: "country"}, first: 1, rest: true
                measures: [{measure: COUNT, as: "n"}, {measure: SUM, of: "Order Total", as: "sum"}, {measure: MAX, of: "_time", as: "last"}]
                orderBy: [{by: "%s", value: %s, direction: %s}]
                where: {property: {name: "_time", gte: "2026-01-01T17:00:00Z", lt: "2026-01-01T22:00:00Z"}}) {
              rows { group isRest earlier { change growth } } }
            """;

        assertThat(first(compared.formatted("n", "CHANGE", "ASC"))).isEqualTo("DE");
        assertThat(first(compared.formatted("n", "CHANGE", "DESC"))).isEqualTo("US");
        assertThat(first(compared.formatted("sum", "GROWTH", "ASC"))).isEqualTo("DE");
        assertThat(first(compared.formatted("sum", "VALUE", "DESC"))).isEqualTo("US");
        assertThat(error(compared.formatted("last", "CHANGE", "ASC")))
                .isEqualTo("BAD_USER_INPUT orderBy: Only a measure that is a number can be compared, not \"last\".");
        assertThat(error(compared.formatted("n", "CHANGE", "ASC")
                        .replace("compare: PREVIOUS_PERIOD, ", "")
                        .replace("earlier { change growth }", "")))
                .isEqualTo("BAD_USER_INPUT orderBy: Nothing has a change without compare: add it.");
        assertThat(error("events(collection: \"page_view\", orderBy: {by: \"_time\", value: GROWTH}) { nodes { id } }"))
                .startsWith("BAD_USER_INPUT orderBy: Rows have no GROWTH");
    }

    /** The country of the one row that is listed before the rest. */
    private @Nullable Object first(String question) {
        var rows = list(object(shop.query("{ " + question + " }"), "aggregate"), "rows");
        assertThat(rows).extracting("isRest").containsExactly(false, true);
        return object(rows.getFirst(), "group").get("country");
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
}
