package dev.tidemark.rollups;

import static dev.tidemark.rollups.Shop.awaitCurrent;
import static dev.tidemark.rollups.Shop.click;
import static dev.tidemark.rollups.Shop.measure;
import static dev.tidemark.rollups.Shop.rollUp;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rollups follow their events when these get other values, as a property has got another type. */
@Timeout(60)
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangedPropertiesTest {

    @AutoClose
    private TestEngine engine;

    @BeforeAll
    void start(PostgresAddress database) {
        engine = TestEngine.start(
                database,
                Map.of("rollups.every", "PT0.2S", "rollups.audit-every", "PT1H", "rollups.audit-rest", "0"),
                Optional.empty());
    }

    @Test
    void whatComesOutOfExtraByAChangeOfATypeThereAndBackIsInTheRollup() {
        var shop = engine.project();
        shop.collect(click(0, "CH", 1.0), click(1, "CH", 1.0).with("customer_id", "5"));
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
                        List.of(measure("SUM", "customer_id"))));
        awaitCurrent(shop, "sums");
        assertThat(asked(shop, "sums", "SUM, of: \"customer_id\"")).contains("n=7", "isExact=true");

        change(shop, "customer_id", "TEXT");
        change(shop, "customer_id", "LONG");

        awaitExact(shop, "sums", "SUM, of: \"customer_id\"");
        assertThat(asked(shop, "sums", "SUM, of: \"customer_id\"")).contains("n=12");
    }

    @Test
    void whatPassesTheConditionOfARollupAfterAChangeIsInItAndWhatDoesNotIsNot() {
        var shop = engine.project();
        shop.query("""
                mutation { declareCollection(input: {name: "click", properties: [{name: "customer_id", type: LONG}]}) {
                  userErrors { message } } }
                """);
        shop.collect(click(0, "CH", 3.5), click(7_200, "CH", 1.0).with("customer_id", 8.5));
        rollUp(
                shop,
                Map.of(
                        "name",
                        "many",
                        "collection",
                        "click",
                        "bucket",
                        Map.of("unit", "HOUR"),
                        "where",
                        Map.of("property", Map.of("name", "Customer ID", "gte", 8))));
        awaitCurrent(shop, "many");
        assertThat(asked(shop, "many", "COUNT")).contains("n=0", "isExact=true");

        change(shop, "customer_id", "DOUBLE");
        awaitExact(shop, "many", "COUNT");
        assertThat(asked(shop, "many", "COUNT")).contains("n=1");

        change(shop, "customer_id", "LONG");
        awaitExact(shop, "many", "COUNT");
        assertThat(asked(shop, "many", "COUNT")).contains("n=0");
    }

    private static void change(TestProject shop, String property, String type) {
        shop.query("""
                mutation { changePropertyType(input: {collection: "click", property: "%s", type: %s}) {
                  userErrors { message } } }
                """.formatted(property, type));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> shop.query("{ propertyChanges(first: 1) { status } }")
                        .toString()
                        .contains("FINISHED"));
    }

    private static void awaitExact(TestProject shop, String rollup, String measure) {
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> asked(shop, rollup, measure).contains("isExact=true"));
    }

    private static String asked(TestProject shop, String rollup, String measure) {
        return object(shop.query("""
                                { aggregate(collection: "%s", measures: {measure: %s, as: "n"}) {
                                  rows { measures } freshness { isExact } } }
                                """.formatted(rollup, measure)), "aggregate").toString();
    }
}
