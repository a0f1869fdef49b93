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
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What typed fields can be asked, on ten page views. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TypedFieldsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @AutoClose
    private TestEngine engine;

    private TestProject shop;

    @BeforeAll
    void fill(PostgresAddress address) {
        engine = TestEngine.start(address);
        shop = engine.project();
        for (int i = 0; i < 10; i++) {
            shop.collect(Event.of("Page View")
                    .at(NOON.plusSeconds(3600L * i))
                    .by("u" + i % 3)
                    .with("country", i % 2 == 0 ? "DE" : "US")
                    .with("Order Total", i * 10L)
                    .with("price", 9.5)
                    .with("time", "noon")
                    .with("tags", List.of("t" + i % 2, "all")));
        }
    }

    @Test
    void rowsHaveTypedColumns() {
        var page = ask("""
            { data { pageView { rows(first: 2, orderBy: [{by: TIME}]) {
                nodes { time user orderTotal price tags timeProperty } } } } }
            """, "rows");

        assertThat(list(page, "nodes"))
                .isEqualTo(List.of(
                        Map.of(
                                "time",
                                "2026-01-01T12:00:00Z",
                                "user",
                                "u0",
                                "orderTotal",
                                0L,
                                "price",
                                9.5,
                                "tags",
                                List.of("t0", "all"),
                                "timeProperty",
                                "noon"),
                        Map.of(
                                "time",
                                "2026-01-01T13:00:00Z",
                                "user",
                                "u1",
                                "orderTotal",
                                10L,
                                "price",
                                9.5,
                                "tags",
                                List.of("t1", "all"),
                                "timeProperty",
                                "noon")));
    }

    @Test
    void pagesFollowOneAnotherWithoutGapsAndRepetitions() {
        var document = """
            query($after: String) { data { pageView { rows(first: 7, orderBy: [{by: TIME}], after: $after) {
                edges { cursor node { orderTotal } } pageInfo { hasNextPage hasPreviousPage endCursor } } } } }
            """;

        var first = ask(document, "rows");
        var cursor = object(first, "pageInfo").get("endCursor");
        var second = object(
                shop.query(document, Map.of("after", Objects.requireNonNull(cursor))), "data", "pageView", "rows");

        assertThat(list(first, "edges")).hasSize(7);
        assertThat(list(second, "edges"))
                .extracting(edge -> object(edge, "node").get("orderTotal"))
                .containsExactly(70L, 80L, 90L);
        assertThat(object(second, "pageInfo"))
                .containsEntry("hasNextPage", false)
                .containsEntry("hasPreviousPage", true);
    }

    @Test
    void aRowIsFoundAgainByItsId() {
        var row = list(ask("{ data { pageView { rows(first: 1) { nodes { id orderTotal } } } } }", "rows"), "nodes")
                .getFirst();

        var node = shop.query(
                "query($id: ID!) { node(id: $id) { id ... on Event { properties } } }",
                Map.of("id", Objects.requireNonNull(row.get("id"))));

        assertThat(object(node, "node", "properties")).containsEntry("Order Total", row.get("orderTotal"));
    }

    @Test
    void measuresAreFieldsWithArguments() {
        var answer = ask("""
            { data { pageView { aggregate(
                where: {orderTotal: {gte: 10}}
                groupBy: [COUNTRY]
                orderBy: [{by: "total", direction: DESC}]
                having: [{measure: "count", gt: 1}]
            ) {
                rows { group { country } count people: distinct(of: PERSON) total: sum(of: ORDER_TOTAL)
                       p50: percentile(of: ORDER_TOTAL, p: 0.5) max(of: TIME) top(of: USER, n: 1) { value count } isRest
                       late: count(where: {orderTotal: {gt: 50}}) approximateDistinct(of: USER) }
                freshness { isExact servedFrom }
            } } } }
            """, "aggregate");

        var first = list(answer, "rows").getFirst();
        assertThat(list(answer, "rows")).hasSize(2);
        assertThat(first)
                .containsEntry("group", Map.of("country", "US"))
                .containsEntry("count", 5L)
                .containsEntry("people", 3L)
                .containsEntry("total", 250L)
                .containsEntry("p50", 50.0)
                .containsEntry("max", "2026-01-01T21:00:00Z")
                .containsEntry("isRest", false)
                .containsEntry("late", 2L)
                .containsEntry("approximateDistinct", 3L);
        assertThat(list(first, "top")).containsExactly(Map.of("value", "u0", "count", 2L));
        assertThat(object(answer, "freshness")).containsEntry("isExact", false).containsEntry("servedFrom", "RAW");
    }

    @Test
    void aRatioDividesMeasuresByTheirKeys() {
        var answer = ask("""
            { data { pageView { aggregate(
                where: {time: {gte: "2026-01-01T17:00:00Z", lt: "2026-01-01T22:00:00Z"}}, compare: PREVIOUS_PERIOD
                groupBy: COUNTRY, having: {measure: "share", gt: 0}, orderBy: {by: "share", direction: DESC}
            ) {
              rows { ...parts share: ratio(of: "rich", over: "count") earlier { ratio(of: "rich", over: "count") } } } } } }
            fragment parts on PageViewAggregateGroup { group { country } count rich: count(where: {orderTotal: {gte: 70}}) }
            """, "aggregate");

        assertThat(list(answer, "rows"))
                .extracting(
                        row -> row.get("share"), row -> object(row, "earlier").get("ratio"))
                .containsExactly(tuple(2.0 / 3, 0.0), tuple(0.5, 0.0));
    }

    @Test
    void aliasesFragmentsDirectivesAndVariablesWork() {
        var answer = object(
                shop.query(
                        """
                        query($of: PageViewNumeric!, $part: Float!, $less: Boolean!, $where: PageViewFilter, $by: [PageViewGroupable!]) {
                          d: data { views: pageView { numbers: aggregate(where: $where, groupBy: $by, orderBy: [{by: "p"}]) {
                            rows { ...measures ... on PageViewAggregateGroup @skip(if: $less) { average: avg(of: $of) } } } } }
                        }
                        fragment measures on PageViewAggregateGroup {
                          group { where: country }
                          p: percentile(of: $of, p: $part)
                          count @include(if: $less)
                          min(of: ORDER_TOTAL) @skip(if: $less)
                        }
                        """,
                        Map.of(
                                "of",
                                "ORDER_TOTAL",
                                "part",
                                1.0,
                                "less",
                                true,
                                "where",
                                Map.of(
                                        "or",
                                        List.of(
                                                Map.of("country", Map.of("in", List.of("US"))),
                                                Map.of("not", Map.of("orderTotal", Map.of("gt", 20))))),
                                "by",
                                List.of("COUNTRY"))),
                "d",
                "views",
                "numbers");

        assertThat(list(answer, "rows"))
                .isEqualTo(List.of(
                        Map.of("group", Map.of("where", "DE"), "p", 20.0, "count", 2L),
                        Map.of("group", Map.of("where", "US"), "p", 90.0, "count", 5L)));
    }

    @Test
    void bucketsPartsAndEarlierTimes() {
        var answer = ask("""
            { data { pageView { aggregate(
                where: {time: {gte: "2026-01-01T18:00:00Z", lt: "2026-01-02T00:00:00Z"}}
                groupBy: [HOUR_OF_DAY]
                timeBucket: {unit: HOUR, every: 3}
                zone: "Europe/Berlin"
                compare: PREVIOUS_PERIOD
            ) { rows { bucket group { hourOfDay } count earlier { bucket count change growth } } } } } }
            """, "aggregate");

        assertThat(list(answer, "rows"))
                .first()
                .satisfies(row -> assertThat(row)
                        .containsEntry("bucket", "2026-01-01T17:00:00Z")
                        .containsEntry("group", Map.of("hourOfDay", 19))
                        .containsEntry("count", 1L)
                        .containsKey("earlier"));
    }

    @Test
    void aNumberLeadsToItsPeopleAndEvents() {
        var answer = ask("""
            { data { pageView { aggregate(groupBy: [COUNTRY], first: 1) { rows {
                count people { nodes { id } } events(first: 2) { nodes { user } } } } } } }
            """, "aggregate");

        var row = list(answer, "rows").getFirst();
        assertThat(list(object(row, "people"), "nodes"))
                .extracting(person -> person.get("id"))
                .containsExactly("u0", "u1", "u2");
        assertThat(list(object(row, "events"), "nodes")).hasSize(2);
    }

    @Test
    void howItIsAnsweredIsExplained() {
        var answer = ask("{ data { pageView { aggregate { rows { count } explain { sql } } } } }", "aggregate");

        assertThat(object(answer, "explain").get("sql").toString()).contains("count(*)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        aggregate { rows { group { country } count } }                             | add COUNTRY to groupBy
        aggregate(orderBy: [{by: "sum"}]) { rows { count } }                       | Nothing in this question is named
        aggregate(groupBy: [COUNTRY]) { rows { country: count } }                  | another name, by as or an alias
        aggregate { a: rows { x: count } b: rows { x: sum(of: ORDER_TOTAL) } }     | names two measures
        aggregate(where: {country: {}}) { rows { count } }                         | is named without a test
        aggregate(where: {country: {eq: null}}) { rows { count } }                 | Nothing compares with null
        aggregate(zone: "Mars") { rows { count } }                                 | is no time zone
        rows(first: 2000) { nodes { id } }                                         | Ask for 1 to 1000
        rows(after: "x") { nodes { id } }                                          | This is no cursor of this order
        aggregate(groupBy: [COUNTRY]) { rows { people { nodes { id } } } }         | say of how many, by first
        aggregate(where: {}) { rows { count } }                                    | xactly one
        aggregate { rows { sum(of: COUNTRY) } }                                    | COUNTRY
        aggregate { rows { n: count ratio(of: "n", over: "m") } }                  | Did you mean "n"
        aggregate { rows { a: ratio(of: "a", over: "a") } }                        | A ratio cannot be divided
        aggregate { rows { count t: top(of: USER) { count } ratio(of: "t", over: "count") } } | Only numbers can be divided
        aggregate { rows { count max(of: COUNTRY) ratio(of: "max", over: "count") } } | Only numbers can be divided
        """)
    void whatDoesNotFitIsRefusedWithTheRemedy(String question, String message) {
        var body = shop.answer("{ data { pageView { " + question + " } } }", Map.of());

        assertThat(list(body, "errors").getFirst().get("message").toString()).contains(message);
    }

    private Map<String, @Nullable Object> ask(String query, String field) {
        return object(shop.query(query), "data", "pageView", field);
    }
}
