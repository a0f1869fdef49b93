package dev.tidemark.rollups;

import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A project with five clicks, and what tests do with its rollups. */
final class Shop {

    static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    /** So that nobody waits for jobs. */
    static final Map<String, String> SETTINGS =
            Map.of("rollups.every", "PT0.2S", "rollups.audit-every", "PT0.3S", "rollups.audit-rest", "0");

    static final String CREATE = """
            mutation ($input: CreateRollupInput!) {
              createRollup(input: $input) { rollup { name } userErrors { message path code } }
            }
            """;

    static final String DROP = """
            mutation ($name: String!) { dropRollup(input: {name: $name}) { name userErrors { code } } }
            """;

    static final Map<String, Object> BY_COUNTRY = Map.of(
            "name", "clicks_by_country",
            "collection", "click",
            "dimensions", List.of("customer_id", "country"),
            "bucket", Map.of("unit", "MINUTE", "every", 5),
            "measures", List.of(measure("AVG", "price"), measure("MIN", "price"), measure("MAX", "page")));

    /** One that keeps an estimate of how many people there were. */
    static final Map<String, Object> PEOPLE = Map.of(
            "name",
            "people",
            "collection",
            "click",
            "bucket",
            Map.of("unit", "DAY"),
            "measures",
            List.of(measure("DISTINCT", "_person")));

    static final String BY_HOUR = """
            query ($collection: String!) {
              aggregate(
                collection: $collection
                measures: [
                  {measure: COUNT}, {measure: SUM, of: "price"}, {measure: AVG, of: "price"}, {measure: MIN, of: "price"},
                  {measure: MAX, of: "page"},
                  {measure: COUNT, as: "swiss", where: {property: {name: "country", eq: "CH"}}, over: {measure: COUNT}}
                ]
                groupBy: {property: "country"}
                timeBucket: {unit: HOUR}
                fillGaps: true
                zone: "America/New_York"
              ) { rows { bucket group measures } freshness { servedFrom isExact } }
            }
            """;

    private Shop() {}

    static TestProject open(TestEngine engine) {
        var shop = engine.project();
        shop.collect(
                click(0, "CH", 1.0),
                click(10, "CH", 3.5),
                click(4_000, "DE", 2.0),
                click(4_001, null, 8.0),
                Event.of("click").at(NOON.plusSeconds(9_000)).with("country", "CH"),
                Event.of("other").at(NOON));
        return shop;
    }

    static Event click(int seconds, @Nullable String country, double price) {
        return Event.of("click")
                .at(NOON.plusSeconds(seconds))
                .with("customer_id", 7L)
                .with("country", country)
                .with("price", price)
                .with("page", "/" + country);
    }

    static Map<String, Object> measure(String measure, String of) {
        return Map.of("measure", measure, "of", of);
    }

    static Map<String, Object> with(Map<String, Object> input, String name, Object value) {
        var changed = new HashMap<>(input);
        changed.put(name, value);
        return changed;
    }

    /** One that keeps all kinds of measures. */
    static Map<String, Object> detailed(String name, Map<String, Object> bucket, String... dimensions) {
        return Map.of(
                "name",
                name,
                "collection",
                "click",
                "dimensions",
                List.of(dimensions),
                "bucket",
                bucket,
                "measures",
                List.of(
                        measure("AVG", "customer_id"),
                        measure("MIN", "price"),
                        measure("MAX", "page"),
                        measure("DISTINCT", "page"),
                        measure("TOP", "page"),
                        measure("PERCENTILE", "price")));
    }

    /** One that keeps estimates of who clicked. */
    static Map<String, Object> sketched(String... measures) {
        return Map.of(
                "name",
                "sketched",
                "collection",
                "click",
                "dimensions",
                List.of("country"),
                "bucket",
                Map.of("unit", "DAY"),
                "measures",
                Stream.of(measures)
                        .map(measure -> measure(measure, "customer_id"))
                        .toList());
    }

    /** One made of rollup fine. */
    static Map<String, Object> made(String name, Map<String, Object> bucket, String... dimensions) {
        return with(detailed(name, bucket, dimensions), "cascade", "fine");
    }

    /** All measures by hour and country: of so few values estimates are exact. */
    static String numbers(TestProject shop, String collection) {
        var distinct = collection.equals("click") ? "DISTINCT" : "APPROXIMATE_DISTINCT";
        return shop.query("""
                { aggregate(
                  collection: "%s", groupBy: {property: "country"}, timeBucket: {unit: HOUR}
                  measures: [
                    {measure: COUNT}, {measure: AVG, of: "customer_id"}, {measure: MIN, of: "price"}, {measure: MAX, of: "page"}
                    {measure: %s, of: "page", as: "pages"}, {measure: TOP, of: "page"}
                    {measure: PERCENTILE, of: "price", p: 1, as: "most"}
                  ]
                ) { rows { bucket group measures } } }
                """.formatted(collection, distinct)).toString();
    }

    static void rollUp(TestProject project, Map<String, Object> input) {
        var payload = object(project.query(CREATE, Map.of("input", input)), "createRollup");
        assertThat(payload).containsEntry("userErrors", List.of());
    }

    /** Until all commits of now are rolled up. */
    static void awaitCurrent(TestProject project, String rollup) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(object(state(project, rollup), "rollup", "state"))
                        .containsEntry("status", "CURRENT")
                        .containsEntry("lag", "PT0S"));
    }

    /** Until the rollup answers the question, which is about its collection. */
    static void awaitReady(TestProject project, String question, String rollup) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> answered(project, question).contains("[" + rollup + "]"));
    }

    /** Until it has all commits of now, and all that follows from them. */
    static void awaitMade(TestProject shop, String rollup) {
        awaitCurrent(shop, rollup);
        awaitBackfilled(shop, rollup);
    }

    static void awaitBackfilled(TestProject shop, String rollup) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(state(shop, rollup).toString()).contains("stale=0", "backfilling=null"));
    }

    /** Until so many are counted by {@link #PEOPLE}. */
    static void awaitPeople(TestProject shop, int expected) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(shop.query("""
                        { aggregate(
                          collection: "people", measures: {measure: APPROXIMATE_DISTINCT, of: "_person", as: "n"}
                        ) { rows { measures } } }
                        """).toString()).contains("n=" + expected));
    }

    static Map<String, @Nullable Object> state(TestProject project, String rollup) {
        return project.query(
                "query ($name: String!) { rollup(name: $name) { state { status lag lastError rows stale backfilling { next } } } }",
                Map.of("name", rollup));
    }

    static Map<String, @Nullable Object> ask(TestProject project, String query, String collection) {
        return object(project.query(query, Map.of("collection", collection)), "aggregate");
    }

    @SuppressWarnings("unchecked")
    static @Nullable Object count(TestProject project, String collection) {
        var answer = project.query(
                "query ($c: String!) { aggregate(collection: $c, measures: {measure: COUNT}) { rows { measures } } }",
                Map.of("c", collection));
        var rows = (List<Map<String, @Nullable Object>>)
                Objects.requireNonNull(object(answer, "aggregate").get("rows"));
        return object(rows.getFirst(), "measures").get("count");
    }

    /** The rollups that there are so far are left alone from now on. */
    static void retire(PostgresAddress database) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute("delete from tidemark.rollup_project");
        }
    }

    static void execute(PostgresAddress database, TestProject project, String sql) throws SQLException {
        try (var connection = project.connect(database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String value(PostgresAddress database, TestProject project, String sql) throws SQLException {
        try (var connection = project.connect(database);
                var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    static String answered(TestProject project, String question) {
        return project.query("""
                { aggregate(collection: "Click", %s) {
                  rows { bucket group measures } freshness { servedFrom isExact } explain { relations rewriter } } }
                """.formatted(question)).toString();
    }
}
