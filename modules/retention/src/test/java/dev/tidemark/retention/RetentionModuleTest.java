package dev.tidemark.retention;

import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidemark.spi.Event;
import dev.tidemark.testkit.ModuleConformance;
import dev.tidemark.testkit.TestProject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RetentionModuleTest extends ModuleConformance {

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    private static final String ASK = """
        query ($input: RetentionInput!) {
          retention(input: $input) { rows { cohort value size periods { from to count isComplete } } }
        }
        """;

    private TestProject shop;

    @Override
    protected String module() {
        return "retention";
    }

    @Override
    protected void fill(TestProject project, String text) {
        project.collect(
                Event.of("signup").at(NOON).by(text).with("plan", text),
                Event.of("login").at(NOON.plusSeconds(60)).by(text));
    }

    @BeforeAll
    void fillShop() {
        shop = engine().project();
        fillAsTold(shop);
    }

    /** Ann comes back two days after she signed up, Bob on the same day; an unknown visitor does not count. */
    @Override
    protected void fillAsTold(TestProject project) {
        project.collect(
                Event.of("signup").at(NOON).by("ann").with("plan", "pro").with("tags", List.of("a")),
                Event.of("signup").at(NOON).by("bob"),
                Event.of("signup").at(NOON),
                Event.of("login").at(NOON.plusSeconds(1)).by("bob").with("app", true),
                Event.of("login").at(NOON.minusSeconds(1)).by("ann"),
                Event.of("login").at(NOON.plus(Duration.ofDays(2))).by("ann"));
    }

    @Test
    void bracketsGatherUnits() {
        assertThat(rows(input(Map.of("brackets", List.of(0, 1, 3, 7)))))
                .containsExactly(
                        row(null, 2, List.of(period(0, 1, 1, true), period(1, 3, 1, true), period(3, 7, 0, false))));
        assertThat(rows(input(Map.of("brackets", List.of(1, 2)))))
                .containsExactly(row(null, 2, List.of(period(1, 2, 0, true))));
    }

    @Test
    void aBracketThatEndsBeyondAllTimeIsNotComplete() {
        assertThat(rows(input(Map.of("brackets", List.of(0, 1, Integer.MAX_VALUE - 1, Integer.MAX_VALUE)))))
                .containsExactly(row(
                        null, 2, List.of(period(0, 1, 1, true), period(1, Integer.MAX_VALUE - 1, 1, false))));
    }

    @Test
    void whoeverFollowsRetentionIsToldWhenSomebodyComesBack() throws InterruptedException {
        var project = engine().project();
        fillAsTold(project);
        var input = Map.<String, @Nullable Object>of("input", input(Map.of("brackets", List.of(1, 2))));
        try (var live = project.subscribe("""
                subscription ($input: RetentionInput!) { live { retention(input: $input) {
                  ... on Snapshot { entries { value { ... on RetentionGroup { periods { count } } } } }
                  ... on Change { upserted { value { ... on RetentionGroup { periods { count } } } } removed }
                } } }
                """, input)) {
            assertThat(object(live.next().orElseThrow(), "data", "live", "retention"))
                    .hasToString("{entries=[{value={periods=[{count=0}]}}]}");

            project.collect(Event.of("login").at(NOON.plus(Duration.ofDays(1))).by("bob"));

            assertThat(object(live.next().orElseThrow(), "data", "live", "retention"))
                    .hasToString("{upserted=[{value={periods=[{count=1}]}}], removed=[]}");
        }
    }

    @Test
    void aBreakdownDividesByTheFirstAction() {
        assertThat(rows(input(Map.of("breakdown", "Plan", "brackets", List.of(0, 1, 3)))))
                .containsExactly(
                        row("pro", 1, List.of(period(0, 1, 0, true), period(1, 3, 1, true))),
                        row(null, 1, List.of(period(0, 1, 1, true), period(1, 3, 0, true))));
    }

    @Test
    void aBreakdownByANumberTakesItForOneInWhicheverScaleItIsWritten() {
        var project = engine().project();
        project.query("""
            mutation { declareCollection(input: {name: "signup", properties: {name: "price", type: NUMERIC}}) {
              userErrors { message } } }
            """);
        project.collect(
                Event.of("signup").at(NOON).by("ann").with("price", new BigDecimal("2.0")),
                Event.of("signup").at(NOON).by("bob").with("price", 2L),
                Event.of("login").at(NOON.plusSeconds(60)).by("ann"),
                Event.of("login").at(NOON.plus(Duration.ofDays(1))).by("bob"));

        var rows = list(
                object(
                        project.query(
                                ASK,
                                Map.of("input", input(Map.of("breakdown", "price", "brackets", List.of(0, 1, 2))))),
                        "retention"),
                "rows");

        assertThat(rows)
                .extracting("size", "periods")
                .containsExactly(tuple(2L, List.of(period(0, 1, 1, true), period(1, 2, 1, true))));
    }

    @Test
    void anyEventIsAskedOfAllCollectionsTogether() {
        var any = input(Map.of(
                "first",
                Map.of(),
                "returning",
                Map.of("where", Map.of("property", Map.of("name", "app", "isSet", true))),
                "brackets",
                List.of(0, 1)));

        assertThat(rows(any)).containsExactly(row(null, 2, List.of(period(0, 1, 1, true))));
    }

    @Test
    void peopleComeInPages() {
        var query = """
            query ($input: RetentionInput!, $after: String, $period: Int, $value: JSON, $by: Boolean!) {
              retention(input: $input) {
                all: people(cohort: "2026-01-05T00:00:00Z", period: $period, first: 1, after: $after) @skip(if: $by) { ...page }
                some: people(cohort: "2026-01-05T00:00:00Z", value: $value) @include(if: $by) { ...page }
              }
            }
            fragment page on PersonConnection { nodes { id } pageInfo { hasNextPage endCursor } }
            """;
        var input = input(Map.of("breakdown", "plan"));

        var first = object(shop.query(query, Map.of("input", input, "by", false)), "retention", "all");
        var second = object(
                shop.query(
                        query,
                        Map.of(
                                "input",
                                input,
                                "by",
                                false,
                                "after",
                                String.valueOf(object(first, "pageInfo").get("endCursor")))),
                "retention",
                "all");
        var back = object(shop.query(query, Map.of("input", input, "by", false, "period", 0)), "retention", "all");
        var pro = object(shop.query(query, Map.of("input", input, "by", true, "value", "pro")), "retention", "some");

        assertThat(first).containsEntry("nodes", List.of(Map.of("id", "ann")));
        assertThat(object(first, "pageInfo")).containsEntry("hasNextPage", true);
        assertThat(second).containsEntry("nodes", List.of(Map.of("id", "bob")));
        assertThat(back).containsEntry("nodes", List.of(Map.of("id", "bob")));
        assertThat(pro).containsEntry("nodes", List.of(Map.of("id", "ann")));
    }

    @Test
    void anExplanationTellsWhatIsRead() {
        var explain = object(
                shop.query(
                        "query ($input: RetentionInput!) { retention(input: $input) { explain { relations rewriter sql"
                                + " parameters plan } freshness { isExact } } }",
                        Map.of("input", input(Map.of()))),
                "retention",
                "explain");

        assertThat(explain)
                .containsEntry("relations", List.of("signup", "login"))
                .containsEntry("rewriter", null);
        assertThat(String.valueOf(explain.get("sql"))).contains("distinct on").doesNotContain("{}");
        assertThat(String.valueOf(explain.get("plan"))).contains("Join");
    }

    @Test
    void whatIsWrongIsNamedByItsWay() {
        assertThat(refusal(input(Map.of("first", Map.of("collection", "sign-out")))))
                .contains("argumentPath=[input, first, collection]");
        assertThat(refusal(input(Map.of(
                        "returning",
                        Map.of("collection", "login", "where", Map.of("property", Map.of("name", "ap", "eq", true)))))))
                .contains("app", "argumentPath=[input, returning, where]");
        assertThat(refusal(input(Map.of("to", "2026-01-05T00:00:00Z")))).contains("argumentPath=[input, to]");
        assertThat(refusal(input(Map.of("brackets", List.of(3, 3))))).contains("argumentPath=[input, brackets]");
        assertThat(refusal(input(Map.of("breakdown", "tags"))))
                .contains("TEXT_LIST", "argumentPath=[input, breakdown]");
        assertThat(refusal(input(Map.of("zone", "Berlin")))).contains("argumentPath=[input, zone]");
        assertThat(shop.answer(ASK, Map.of("input", input(Map.of("to", "2036-01-05T00:00:00Z"))))
                        .toString())
                .contains("QUERY_TOO_COMPLEX");
    }

    private String refusal(Map<String, @Nullable Object> input) {
        var answer = shop.answer(ASK, Map.of("input", input)).toString();
        assertThat(answer).contains("BAD_USER_INPUT");
        return answer;
    }

    /** Signups that come back by a login within four days, but for what is said otherwise. */
    private static Map<String, @Nullable Object> input(Map<String, @Nullable Object> changes) {
        Map<String, @Nullable Object> input = new LinkedHashMap<>();
        input.put("first", Map.of("collection", "signup"));
        input.put("returning", Map.of("collection", "login"));
        input.put("from", "2026-01-05T00:00:00Z");
        input.put("to", "2026-01-09T00:00:00Z");
        input.putAll(changes);
        return input;
    }

    private List<Map<String, @Nullable Object>> rows(Map<String, @Nullable Object> input) {
        return list(object(shop.query(ASK, Map.of("input", input)), "retention"), "rows");
    }

    private static Map<String, @Nullable Object> row(
            @Nullable String value, long size, List<Map<String, @Nullable Object>> periods) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("cohort", "2026-01-05T00:00:00Z");
        row.put("value", value);
        row.put("size", size);
        row.put("periods", periods);
        return row;
    }

    private static Map<String, @Nullable Object> period(int from, int to, long count, boolean isComplete) {
        return Map.of("from", from, "to", to, "count", count, "isComplete", isComplete);
    }
}
