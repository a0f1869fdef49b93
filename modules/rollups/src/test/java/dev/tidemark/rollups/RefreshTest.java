package dev.tidemark.rollups;

import static dev.tidemark.rollups.Shop.click;
import static dev.tidemark.rollups.Shop.measure;
import static dev.tidemark.rollups.Shop.numbers;
import static dev.tidemark.rollups.Shop.rollUp;
import static dev.tidemark.rollups.Shop.value;
import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static dev.tidemark.testkit.Json.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rollups whose jobs have their turn once an hour. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefreshTest {

    @AutoClose
    private TestEngine engine;

    @BeforeAll
    void startAndLetTheFirstRunPass(PostgresAddress database) {
        engine = TestEngine.start(database, Map.of("rollups.every", "PT1H"), Optional.empty());
        var node = new TestProject(engine.engine(), engine.project().project(), engine.administrator());
        await().until(() -> hasRolledUp(node));
    }

    private static boolean hasRolledUp(TestProject node) {
        var jobs = list(object(node.query("{ cluster { jobs { name lastDuration } } }"), "cluster"), "jobs");
        return jobs.stream()
                .anyMatch(job -> text(job, "name").equals("rollups.roll") && job.get("lastDuration") != null);
    }

    @Test
    void whoAsksHasAllThatIsCommittedInTheRollupAtOnceAndInThoseMadeOfIt(PostgresAddress database) throws SQLException {
        var shop = Shop.open(engine);
        rollUp(shop, Shop.detailed("fine", Map.of("unit", "MINUTE", "every", 5), "country"));
        rollUp(shop, Shop.made("hours", Map.of("unit", "HOUR"), "country"));
        assertThat(value(database, shop, "select count(*) from _rollup_fine")).isEqualTo("0");

        assertThat(refreshed(shop, "fine")).contains("status=CURRENT, lag=PT0S, stale=0", "userErrors=[]");
        assertThat(refreshed(shop, "hours")).contains("status=CURRENT, lag=PT0S, stale=0", "userErrors=[]");

        assertThat(value(database, shop, "select sum(_count) from _rollup_fine"))
                .isEqualTo("5");
        assertThat(value(database, shop, "select sum(_count) from _rollup_hours"))
                .isEqualTo("5");

        shop.collect(click(20, "FR", 4.0));
        assertThat(refreshed(shop, "hours")).contains("lag=PT0S, stale=0");

        assertThat(value(database, shop, "select sum(_count) from _rollup_fine"))
                .isEqualTo("6");
        assertThat(value(database, shop, "select sum(_count) from _rollup_hours"))
                .isEqualTo("6");
        assertThat(numbers(shop, "hours")).isEqualTo(numbers(shop, "click"));
    }

    @Test
    void whoAsksForWhatCannotGoOnLearnsWhy() {
        var shop = Shop.open(engine);
        shop.collect(click(30, "CH", Double.MAX_VALUE), click(30, "CH", Double.MAX_VALUE));
        rollUp(
                shop,
                Map.of(
                        "name",
                        "sums",
                        "collection",
                        "click",
                        "bucket",
                        Map.of("unit", "HOUR"),
                        "measures",
                        List.of(measure("SUM", "price"))));

        assertThat(refreshed(shop, "sums")).contains("BAD_USER_INPUT", "beyond the range of DOUBLE");
        assertThat(refreshed(shop, "none")).contains("NOT_FOUND");
    }

    private static String refreshed(TestProject shop, String rollup) {
        return shop.query("""
                        mutation ($name: String!) {
                          refreshRollup(input: {name: $name}) {
                            rollup { state { status lag stale } } userErrors { code message }
                          }
                        }
                        """, Map.of("name", rollup)).toString();
    }
}
