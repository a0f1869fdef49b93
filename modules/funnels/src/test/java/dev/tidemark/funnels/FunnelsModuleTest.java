package dev.tidemark.funnels;

import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.spi.Event;
import dev.tidemark.testkit.ModuleConformance;
import dev.tidemark.testkit.TestProject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FunnelsModuleTest extends ModuleConformance {

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    private static final String ASK = """
        query ($input: FunnelInput!) { funnel(input: $input) { rows { bucket value steps { count dropped } } } }
        """;

    private TestProject shop;

    @Override
    protected String module() {
        return "funnels";
    }

    @Override
    protected void fill(TestProject project, String text) {
        project.collect(
                Event.of("page view").at(NOON).by(text).with("page", text),
                Event.of("purchase").at(NOON.plusSeconds(60)).by(text).with("page", text));
    }

    @BeforeAll
    void fillShop() {
        shop = engine().project();
        fillAsTold(shop);
    }

    /** Ann and Bob buy, Ann from Germany and an hour later; Cid only looks; an unknown visitor does not count. */
    @Override
    protected void fillAsTold(TestProject project) {
        project.collect(
                Event.of("page view").at(NOON).by("ann").with("country", "DE").with("tags", List.of("a")),
                Event.of("page view").at(NOON.plusSeconds(1)).by("bob").with("country", "US"),
                Event.of("page view").at(NOON.plusSeconds(2)).byVisitor("cid"),
                Event.of("page view").at(NOON.plusSeconds(3)),
                Event.of("cart").at(NOON.plusSeconds(10)).by("bob").with("country", 5L),
                Event.of("purchase").at(NOON.plusSeconds(3_600)).by("ann").with("country", "DE"),
                Event.of("purchase").at(NOON.plusSeconds(20)).by("bob").with("country", "DE"));
    }

    @Test
    void aWindowEndsExactlyAfterItsLength() {
        assertThat(counts(Map.of("steps", steps("page view", "purchase"), "window", "PT1H")))
                .containsExactly(3L, 1L);
        assertThat(counts(Map.of("steps", steps("page view", "purchase"), "window", "PT1H0.000001S")))
                .containsExactly(3L, 2L);
    }

    @Test
    void whoeverFollowsAFunnelIsToldWhenSomebodyGetsFarther() throws InterruptedException {
        var project = engine().project();
        fillAsTold(project);
        var input = Map.<String, @Nullable Object>of("input", Map.of("steps", steps("page view", "cart")));
        try (var live = project.subscribe("""
                subscription ($input: FunnelInput!) { live { funnel(input: $input) {
                  ... on Snapshot { entries { key value { ... on FunnelGroup { steps { count } } } } }
                  ... on Change { upserted { key value { ... on FunnelGroup { steps { count } } } } removed }
                } } }
                """, input)) {
            assertThat(object(live.next().orElseThrow(), "data", "live", "funnel"))
                    .hasToString("{entries=[{key=-,-, value={steps=[{count=3}, {count=1}]}}]}");

            project.collect(Event.of("cart").at(NOON.plusSeconds(30)).by("ann"));

            assertThat(object(live.next().orElseThrow(), "data", "live", "funnel"))
                    .hasToString("{upserted=[{key=-,-, value={steps=[{count=3}, {count=2}]}}], removed=[]}");
        }
    }

    @Test
    void whatIsExcludedOrOutOfOrderBreaksAMatch() {
        var exclusion = Map.of("collection", "cart", "after", 1);

        assertThat(counts(Map.of("steps", steps("page view", "purchase"), "exclusions", List.of(exclusion))))
                .containsExactly(3L, 1L);
        assertThat(counts(Map.of("steps", steps("page view", "cart", "purchase"), "order", "STRICT")))
                .containsExactly(3L, 1L, 1L);
        assertThat(counts(Map.of("steps", steps("page view", "purchase", "cart"))))
                .containsExactly(3L, 2L, 0L);
    }

    @Test
    void aHeldPropertyHasOneValueInAllEvents() {
        assertThat(counts(Map.of("steps", steps("page view", "purchase"), "holding", "Country")))
                .containsExactly(2L, 1L);
    }

    @Test
    void peopleOfAStepAndOfADropComeInPages() {
        var query = """
            query ($step: Int!, $dropped: Boolean!, $after: String, $value: JSON, $by: Boolean!) {
              funnel(input: {steps: [{collection: "page view"}, {collection: "purchase"}],
                  breakdown: {property: "country"}}) {
                all: people(step: $step, dropped: $dropped, first: 1, after: $after) @skip(if: $by) { ...page }
                some: people(step: $step, dropped: $dropped, value: $value) @include(if: $by) { ...page }
              }
            }
            fragment page on PersonConnection { nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } }
            """;

        var first = object(shop.query(query, Map.of("step", 2, "dropped", false, "by", false)), "funnel", "all");
        var end = object(first, "pageInfo").get("endCursor");
        var second = object(
                shop.query(query, Map.of("step", 2, "dropped", false, "by", false, "after", String.valueOf(end))),
                "funnel",
                "all");
        var dropped = object(shop.query(query, Map.of("step", 1, "dropped", true, "by", false)), "funnel", "all");
        var german = object(
                shop.query(query, Map.of("step", 1, "dropped", false, "by", true, "value", "DE")), "funnel", "some");

        assertThat(first).containsEntry("nodes", List.of(Map.of("id", "ann")));
        assertThat(object(first, "pageInfo")).containsEntry("hasNextPage", true);
        assertThat(second).containsEntry("nodes", List.of(Map.of("id", "bob")));
        assertThat(object(second, "pageInfo"))
                .containsEntry("hasNextPage", false)
                .containsEntry("hasPreviousPage", true);
        assertThat(dropped).containsEntry("nodes", List.of(Map.of("id", "cid")));
        assertThat(german).containsEntry("nodes", List.of(Map.of("id", "ann")));
        var nobody = nullValue(query);
        assertThat(nobody).containsEntry("nodes", List.of(Map.of("id", "cid")));
    }

    /** Those of the row without a value. */
    private Map<String, @Nullable Object> nullValue(String query) {
        Map<String, @Nullable Object> variables = new LinkedHashMap<>();
        variables.put("step", 1);
        variables.put("dropped", false);
        variables.put("by", true);
        variables.put("value", null);
        return object(shop.query(query, variables), "funnel", "some");
    }

    @Test
    void aliasesFragmentsAndDirectivesWork() {
        var data = shop.query("""
            query ($collection: String!, $with: Boolean = false) {
              looked: funnel(input: {steps: [{collection: $collection}]}) { ...counts freshness { isExact servedFrom } }
              bought: funnel(input: {steps: [{collection: $collection}, {collection: "purchase"}], percentiles: [0.5, 1]}) {
                ...counts
                explain { relations sql plan } people(step: 1) @include(if: $with) { nodes { id } }
              }
            }
            fragment counts on Funnel { rows { steps { step collection count conversionTimes { percentile sinceFirst } } } }
            """, Map.of("collection", "Page View"));

        assertThat(object(data, "looked")).containsEntry("freshness", Map.of("isExact", true, "servedFrom", "RAW"));
        assertThat(object(data, "bought")).doesNotContainKey("people");
        assertThat(String.valueOf(object(data, "bought").get("rows")))
                .contains("{percentile=0.5, sinceFirst=1809.5}", "{percentile=1.0, sinceFirst=3600.0}");
        var explain = object(data, "bought", "explain");
        assertThat(explain).containsEntry("relations", List.of("Page View", "purchase"));
        assertThat(String.valueOf(explain.get("sql"))).contains("?").doesNotContain("{}");
        assertThat(String.valueOf(explain.get("plan"))).contains("WindowAgg");
    }

    @Test
    void whatIsWrongIsNamedByItsWay() {
        assertThat(refusal(Map.of("steps", List.of(step("page view"), step("purchse")))))
                .contains("purchase", "argumentPath=[input, steps, 1, collection]");
        assertThat(refusal(Map.of(
                        "steps",
                        List.of(
                                step("page view"),
                                Map.of(
                                        "collection",
                                        "purchase",
                                        "where",
                                        Map.of("property", Map.of("name", "contry", "eq", 1)))))))
                .contains("country", "argumentPath=[input, steps, 1, where]");
        assertThat(refusal(Map.of("steps", List.of()))).contains("argumentPath=[input, steps]");
        assertThat(refusal(Map.of("steps", steps("cart"), "window", "PT0S"))).contains("argumentPath=[input, window]");
        assertThat(refusal(Map.of("steps", steps("cart"), "percentiles", List.of(2))))
                .contains("argumentPath=[input, percentiles]");
        assertThat(refusal(Map.of("steps", steps("page view", "cart"), "holding", "country")))
                .contains("TEXT and LONG", "argumentPath=[input, holding]");
        assertThat(refusal(Map.of("steps", steps("page view"), "breakdown", Map.of("property", "tags"))))
                .contains("TEXT_LIST", "argumentPath=[input, breakdown, property]");
        assertThat(refusal(Map.of("steps", steps("page view"), "breakdown", Map.of("bucket", "DAY", "zone", "Berlin"))))
                .contains("argumentPath=[input, breakdown, zone]");
        assertThat(refusal(Map.of(
                        "steps",
                        steps("page view", "cart"),
                        "exclusions",
                        List.of(Map.of("collection", "purchase", "after", 2)))))
                .contains("argumentPath=[input, exclusions, 0, after]");
    }

    private String refusal(Map<String, @Nullable Object> input) {
        var answer = shop.answer(ASK, Map.of("input", input)).toString();
        assertThat(answer).contains("BAD_USER_INPUT");
        return answer;
    }

    private List<Object> counts(Map<String, @Nullable Object> input) {
        var rows = list(object(shop.query(ASK, Map.of("input", input)), "funnel"), "rows");
        return list(rows.getFirst(), "steps").stream()
                .map(step -> Objects.requireNonNull(step.get("count")))
                .toList();
    }

    private static List<Map<String, Object>> steps(String... collections) {
        return List.of(collections).stream().map(FunnelsModuleTest::step).toList();
    }

    private static Map<String, Object> step(String collection) {
        return Map.of("collection", collection);
    }
}
