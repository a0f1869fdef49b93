package dev.tidemark.rollups;

import static dev.tidemark.rollups.Shop.BY_COUNTRY;
import static dev.tidemark.rollups.Shop.answered;
import static dev.tidemark.rollups.Shop.awaitCurrent;
import static dev.tidemark.rollups.Shop.awaitReady;
import static dev.tidemark.rollups.Shop.click;
import static dev.tidemark.rollups.Shop.measure;
import static dev.tidemark.rollups.Shop.rollUp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which questions a rollup can tell the answer of. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubstitutionTest {

    @AutoClose
    private TestEngine engine;

    @BeforeAll
    void start(PostgresAddress database) {
        engine = TestEngine.start(database, Shop.SETTINGS, Optional.empty());
    }

    @Test
    void aQuestionToTheCollectionIsAnsweredFromARollupThatCanTell() {
        var shop = Shop.open(engine);
        rollUp(shop, BY_COUNTRY);
        rollUp(shop, Map.of("name", "hourly", "collection", "click", "bucket", Map.of("unit", "HOUR")));
        awaitReady(shop, "measures: {measure: COUNT}", "hourly");
        awaitReady(shop, "measures: {measure: COUNT}, groupBy: {property: \"country\"}", "clicks_by_country");

        var shopWithout = Shop.open(engine);
        var told = Map.of(
                "measures: {measure: COUNT}",
                "hourly",
                "measures: {measure: COUNT}, timeBucket: {unit: DAY}, zone: \"Europe/Berlin\", where: {property:"
                        + " {name: \"_time\", gte: \"2026-01-05T12:00:00Z\"}}",
                "hourly",
                "measures: {measure: COUNT}, timeBucket: {unit: HOUR}, zone: \"Europe/Berlin\"",
                "hourly",
                "measures: {measure: COUNT}, timeBucket: {unit: MINUTE, every: 15}",
                "clicks_by_country",
                "measures: {measure: AVG, of: \"Price\"}, groupBy: {property: \"Country\"}",
                "clicks_by_country",
                "measures: {measure: DISTINCT, of: \"country\"}",
                "clicks_by_country",
                "measures: {measure: COUNT}, where: {property: {name: \"_time\", lt: \"2026-01-05T12:05:00Z\"}}",
                "clicks_by_country",
                "measures: {measure: COUNT, where: {property: {name: \"country\", eq: \"CH\"}}, over: {measure:"
                        + " COUNT}}",
                "clicks_by_country");
        var notTold = List.of(
                "measures: {measure: COUNT}, where: {property: {name: \"_time\", lt: \"2026-01-05T12:05:01Z\"}}",
                "measures: {measure: COUNT}, where: {property: {name: \"_time\", lte: \"2026-01-05T12:05:00Z\"}}",
                "measures: {measure: COUNT}, timeBucket: {unit: HOUR}, zone: \"Africa/Monrovia\"",
                "measures: {measure: COUNT}, timeBucket: {unit: MINUTE, every: 1}",
                "measures: {measure: COUNT}, where: {property: {name: \"price\", gt: 2}}",
                "measures: {measure: MAX, of: \"price\"}",
                "measures: {measure: DISTINCT, of: \"page\"}",
                "measures: {measure: COUNT}, union: \"other\"");

        told.forEach((question, rollup) -> assertThat(answered(shop, question))
                .as(question)
                .contains("relations=[" + rollup + "]", "rewriter=rollups", "servedFrom=ROLLUP"));
        assertThat(notTold)
                .allSatisfy(
                        question -> assertThat(answered(shop, question)).contains("rewriter=null", "servedFrom=RAW"));
        told.keySet()
                .forEach(question -> assertThat(rows(answered(shop, question)))
                        .as(question)
                        .isEqualTo(rows(answered(shopWithout, question))));
    }

    /** Havana's clocks are set from 1:00 back to midnight, so that this day has two. */
    @Test
    void aRollupByDaysIsNotAskedAboutHalfADayWhereClocksAreSetBackToMidnight() {
        var shop = engine.project();
        shop.collect(
                Event.of("click").at(Instant.parse("2026-11-01T03:30:00Z")),
                Event.of("click").at(Instant.parse("2026-11-01T04:30:00Z")),
                Event.of("click").at(Instant.parse("2026-11-01T05:30:00Z")));
        rollUp(
                shop,
                Map.of(
                        "name", "daily",
                        "collection", "click",
                        "bucket", Map.of("unit", "DAY", "zone", "America/Havana")));
        var since = "measures: {measure: COUNT}, where: {property: {name: \"_time\", gte: \"2026-11-01T0%d:00:00Z\"}}";

        awaitReady(shop, since.formatted(4), "daily");

        assertThat(answered(shop, since.formatted(4))).contains("count=2");
        assertThat(answered(shop, since.formatted(5))).contains("count=1", "servedFrom=RAW");
    }

    @Test
    void aRollupThatIsAskedAboutTimesWithinItsBucketsSaysThatItIsNotExact() {
        var shop = Shop.open(engine);
        rollUp(shop, BY_COUNTRY);
        awaitCurrent(shop, "clicks_by_country");
        var count = "{measure: COUNT%s}";
        var since = "{property: {name: \"_time\", gte: \"2026-01-05T12:0%d:00Z\"}}";
        var where = ", where: " + since;

        assertThat(asked(shop, count.formatted("") + where.formatted(5))).contains("isExact=true");
        assertThat(asked(shop, count.formatted("") + where.formatted(6))).contains("isExact=false");
        assertThat(asked(shop, count.formatted(where.formatted(6)))).contains("isExact=false");
        assertThat(asked(shop, count.formatted("") + ", timeBucket: {unit: MINUTE, every: 10}"))
                .contains("isExact=true");
        assertThat(asked(shop, count.formatted("") + ", timeBucket: {unit: MINUTE, every: 2}"))
                .contains("isExact=false");
    }

    @Test
    void aRollupWhoseBucketsTheEarlierTimeCutsSaysThatItIsNotExact() {
        var shop = engine.project();
        shop.collect(at("2026-10-24T00:30:00Z"), at("2026-10-25T12:00:00Z"));
        var daily = Map.of("name", "clicks_by_country", "collection", "click", "bucket", Map.of("unit", "DAY"));
        rollUp(shop, daily);
        awaitCurrent(shop, "clicks_by_country");
        var day =
                "{property: {name: \"_time\", gte: \"2026-10-25T00:00:00Z\", lt: \"2026-10-26T00:00:00Z\"}}, zone: \"%s\"";
        var compared = "{measure: COUNT}, compare: PREVIOUS_PERIOD, where: " + day;
        var filtered =
                "{measure: COUNT, as: \"cut\", where: {property: {name: \"_time\", gte: \"2026-10-25T00:00:00Z\"}}}"
                        + ", compare: PREVIOUS_PERIOD, where: " + day;

        assertThat(asked(shop, compared.formatted("UTC"))).contains("isExact=true");
        // there the clock is set back on that day, so that 23 hours lie between
        assertThat(asked(shop, compared.formatted("Europe/Berlin"))).contains("isExact=false");
        assertThat(asked(shop, filtered.formatted("Europe/Berlin"))).contains("isExact=false");
    }

    private static Event at(String time) {
        return Event.of("click").at(Instant.parse(time));
    }

    private static String asked(TestProject shop, String measures) {
        return shop.query("{ aggregate(collection: \"clicks_by_country\", measures: " + measures
                        + ") { rows { measures } freshness { isExact } } }")
                .toString();
    }

    @Test
    void estimatesAnswerACollectionOnlyWhenTheyWillDo() {
        var shop = Shop.open(engine);
        rollUp(
                shop,
                Map.of(
                        "name",
                        "pages",
                        "collection",
                        "click",
                        "bucket",
                        Map.of("unit", "HOUR"),
                        "measures",
                        List.of(measure("DISTINCT", "page"), measure("TOP", "page"))));
        awaitReady(shop, "measures: {measure: COUNT}", "pages");
        var exact = "measures: [{measure: DISTINCT, of: \"page\"}, {measure: TOP, of: \"page\", n: 1}]";

        assertThat(answered(shop, exact)).contains("servedFrom=RAW", "isExact=true", "distinct_page=3");
        assertThat(answered(shop, exact + ", approximate: true"))
                .contains("servedFrom=ROLLUP", "isExact=false", "distinct_page=3", "{value=/CH, count=2}");
        assertThat(answered(shop, "measures: {measure: APPROXIMATE_DISTINCT, of: \"page\"}"))
                .contains("servedFrom=ROLLUP");
    }

    @Test
    void equallyFrequentValuesAreInTheOrderThatTheyHaveInEvents() {
        var shop = engine.project();
        for (var amount : List.of(100L, -7L, 20L)) {
            shop.collect(Event.of("click").at(Shop.NOON).with("amount", amount).with("page", "n" + amount));
        }
        // by their code points, which are not in the order of their UTF-16
        shop.collect(
                Event.of("click").at(Shop.NOON).with("page", "\uD83D\uDE00"),
                Event.of("click").at(Shop.NOON).with("page", "\uFFEE"));
        rollUp(
                shop,
                Map.of(
                        "name",
                        "tops",
                        "collection",
                        "click",
                        "bucket",
                        Map.of("unit", "HOUR"),
                        "measures",
                        List.of(measure("TOP", "amount"), measure("TOP", "page"))));
        awaitReady(shop, "measures: {measure: COUNT}", "tops");
        var tops = "measures: [{measure: TOP, of: \"amount\", n: 2}, {measure: TOP, of: \"page\", n: 4}]";

        var estimated = answered(shop, tops + ", approximate: true");

        assertThat(estimated).contains("servedFrom=ROLLUP");
        assertThat(rows(estimated)).isEqualTo(rows(answered(shop, tops)));
    }

    @Test
    void groupsAreOrderedByEstimatesAndComparedWithThem() {
        var shop = Shop.open(engine);
        shop.collect(
                click(5, "DE", 4.0).with("page", "/de/2"), click(6, "DE", 5.0).with("page", "/de/3"));
        rollUp(
                shop,
                Map.of(
                        "name", "pages",
                        "collection", "click",
                        "dimensions", List.of("country"),
                        "bucket", Map.of("unit", "HOUR"),
                        "measures", List.of(measure("DISTINCT", "page"), measure("PERCENTILE", "price"))));
        var pages = "measures: [{measure: APPROXIMATE_DISTINCT, of: \"page\", as: \"pages\"}, {measure: COUNT}],"
                + " groupBy: {property: \"country\"}, orderBy: {by: \"pages\", direction: DESC}, approximate: true";
        var most = pages.replace("measures: [", "measures: [{measure: PERCENTILE, of: \"price\", p: 1, as: \"most\"}, ")
                .replace("by: \"pages\"", "by: \"most\"");
        awaitReady(shop, pages, "pages");

        assertThat(rows(answered(shop, pages + ", first: 1")))
                .isEqualTo("{aggregate={rows=[{bucket=null, group={country=DE}, measures={pages=3, count=3}}], ");
        assertThat(rows(answered(shop, pages + ", having: {measure: \"pages\", lt: 3}")))
                .contains("[{bucket=null, group={country=CH}", "{bucket=null, group={country=null}")
                .doesNotContain("DE");
        assertThat(rows(answered(shop, most))).containsSubsequence("most=8.0", "most=5.0", "most=3.5");
        assertThat(shop.answer("""
                                { aggregate(
                                  collection: "pages", measures: {measure: APPROXIMATE_DISTINCT, of: "page", as: "pages"}
                                  orderBy: {by: "pgaes"}
                                ) { rows { measures } } }
                                """, Map.of()).toString()).contains("Nothing in this question is named", "pages");
    }

    private static String rows(String answered) {
        return answered.substring(0, answered.indexOf("freshness"));
    }
}
