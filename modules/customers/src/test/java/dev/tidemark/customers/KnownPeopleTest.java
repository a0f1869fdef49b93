package dev.tidemark.customers;

import static dev.tidemark.customers.Shops.NOON;
import static dev.tidemark.customers.Shops.update;
import static dev.tidemark.customers.Shops.visit;
import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Feed;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What other modules' questions about events can ask of the people behind them, and what they refuse. */
@Timeout(120)
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KnownPeopleTest {

    private static final String IS_PRO = "where: {property: {name: \"_person.plan\", eq: \"pro\"}}";

    @AutoClose
    private TestEngine engine;

    private TestProject shop;

    /** Three who visit and buy, of whom two are known. */
    @BeforeAll
    void start(PostgresAddress address) {
        engine = TestEngine.start(address);
        shop = engine.project();
        update(shop, Map.of("id", "ada", "set", Map.of("plan", "pro")));
        update(shop, Map.of("id", "bob", "set", Map.of("plan", "free")));
        shop.collect(visit("ada", 0), visit("bob", 0), visit("nobody", 0));
        shop.collect(
                Event.of("buy").by("ada").at(NOON.plusSeconds(600)),
                Event.of("buy").by("bob").at(NOON.plusSeconds(600)),
                Event.of("buy").by("nobody").at(NOON.plusSeconds(600)));
    }

    @Test
    void funnelsFilterAndDivideByWhatIsKnown() {
        var steps = "steps: [{collection: \"visit\", %s}, {collection: \"buy\"}]";

        var filtered =
                shop.query("{ funnel(input: {%s}) { rows { steps { count } } } }".formatted(steps.formatted(IS_PRO)));
        var divided = shop.query(
                "{ funnel(input: {%s, breakdown: {property: \"_person.plan\"}}) { rows { steps { count } } } }"
                        .formatted(steps.replace(", %s", "")));

        assertThat(filtered).hasToString("{funnel={rows=[{steps=[{count=1}, {count=1}]}]}}");
        assertThat(list(object(divided, "funnel"), "rows"))
                .hasSize(3)
                .allSatisfy(row -> assertThat(row).hasToString("{steps=[{count=1}, {count=1}]}"));
    }

    @Test
    void retentionFiltersByWhatIsKnown() {
        var question =
                "{ retention(input: {first: {collection: \"visit\" %s}, returning: {collection: \"buy\"}, from: \"%s\", to: \"%s\"}) { rows { size } } }";
        var day = NOON.truncatedTo(ChronoUnit.DAYS);
        var next = day.plusSeconds(86_400);

        assertThat(shop.query(question.formatted("", day, next))).hasToString("{retention={rows=[{size=3}]}}");
        assertThat(shop.query(question.formatted(", " + IS_PRO, day, next)))
                .hasToString("{retention={rows=[{size=1}]}}");
    }

    @Test
    void aLiveAnswerFollowsOnlyThoseWhoPass() throws InterruptedException {
        var mine = engine.project();
        update(mine, Map.of("id", "ada", "set", Map.of("plan", "pro")));
        mine.collect(visit("ada", 0), visit("bob", 0));
        var live = """
                subscription { live { aggregate(collection: "visit", %s, measures: {measure: COUNT, as: "n"}) {
                  ... on Snapshot { entries { value { ... on LiveGroup { measures } } } }
                  ... on Change { upserted { value { ... on LiveGroup { measures } } } }
                } } }
                """.formatted(IS_PRO);

        try (var answers = mine.subscribe(live, Map.of())) {
            assertThat(next(answers)).contains("entries=[{value={measures={n=1}}}]");
            mine.collect(visit("bob", 1), visit("ada", 1));
            assertThat(nextChange(answers)).contains("upserted=[{value={measures={n=2}}}]");
        }
    }

    @Test
    void subscriptionsAndRollupsRefuseWhatIsKnownOfPeople() {
        assertThatThrownBy(() -> shop.subscribe(
                        "subscription { events(collections: [{name: \"visit\", %s}]) { cursor } }".formatted(IS_PRO),
                        Map.of()))
                .hasMessageContaining("_person.plan");
        assertThat(shop.answer("""
                        mutation { createRollup(input: {
                            name: "by_plan", collection: "visit", dimensions: ["_person.plan"],
                            bucket: {unit: HOUR}
                        }) { rollup { name } userErrors { code message } } }
                        """, Map.of()).toString()).contains("BAD_USER_INPUT", "_person.plan");
    }

    private static String next(Feed<Map<String, @Nullable Object>> answers) throws InterruptedException {
        return String.valueOf(answers.next().orElseThrow());
    }

    /** What commits of others have not changed is told as progress. */
    private static String nextChange(Feed<Map<String, @Nullable Object>> answers) throws InterruptedException {
        while (true) {
            var answer = next(answers);
            if (answer.contains("upserted")) {
                return answer;
            }
        }
    }
}
