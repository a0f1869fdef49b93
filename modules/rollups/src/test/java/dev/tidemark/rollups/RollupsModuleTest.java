package dev.tidemark.rollups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.ModuleConformance;
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
import org.junit.jupiter.api.Test;

class RollupsModuleTest extends ModuleConformance {

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    private static final String CREATE = """
            mutation ($input: CreateRollupInput!) {
              createRollup(input: $input) { rollup { name } userErrors { message path code } }
            }
            """;

    private static final String DROP = """
            mutation ($name: String!) { dropRollup(input: {name: $name}) { name userErrors { code } } }
            """;

    private static final Map<String, Object> BY_COUNTRY = Map.of(
            "name", "clicks_by_country",
            "collection", "click",
            "dimensions", List.of("customer_id", "country"),
            "bucket", Map.of("unit", "MINUTE", "every", 5),
            "measures", List.of(measure("AVG", "price"), measure("MIN", "price"), measure("MAX", "page")));

    /** Only what is ready is audited. */
    private static final String NOT_AUDITED = "update _rollup set is_ready = false, backfill_to = position + 1";

    private static final String BY_HOUR = """
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

    @Override
    protected String module() {
        return "rollups";
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("rollups.audit-every", "PT0.1S");
    }

    @Override
    protected void fill(TestProject project, String text) {
        project.collect(
                click(0, text, 1.5)
                        .with("device_id", text)
                        .with("session_id", text)
                        .with("event_type", text),
                click(7, text, 2.5));
    }

    @Test
    void whatIsCommittedIsCountedWhetherItIsRolledUpYetOrNot() {
        var shop = shop();
        create(shop, BY_COUNTRY);

        var before = ask(shop, BY_HOUR, "clicks_by_country");
        awaitCurrent(shop, "clicks_by_country");
        var after = ask(shop, BY_HOUR, "clicks_by_country");
        shop.collect(click(-10_000, "CH", 9.0), click(3, "FR", 0.25));
        var late = ask(shop, BY_HOUR, "clicks_by_country");

        assertThat(after.get("freshness")).isEqualTo(Map.of("servedFrom", "ROLLUP", "isExact", true));
        assertThat(before.get("rows")).isEqualTo(after.get("rows"));
        assertThat(late.get("rows")).isEqualTo(ask(shop, BY_HOUR, "click").get("rows"));
        awaitCurrent(shop, "clicks_by_country");
        assertThat(ask(shop, BY_HOUR, "clicks_by_country").get("rows")).isEqualTo(late.get("rows"));
    }

    @Test
    void typedFieldsShowWhatCanBeAskedAndFilterByDimensions() {
        var shop = shop();
        create(shop, BY_COUNTRY);

        var rows = object(shop.query("""
                {
                  data {
                    clicksByCountry {
                      aggregate(groupBy: COUNTRY, where: {country: {isSet: true}}, orderBy: {by: "mean", direction: DESC}, first: 1, rest: true) {
                        rows { group { country } count mean: avg(of: PRICE) isRest }
                      }
                    }
                  }
                }
                """), "data", "clicksByCountry", "aggregate");

        assertThat(rows.toString())
                .isEqualTo("{rows=[{group={country=CH}, count=3, mean=2.25, isRest=false},"
                        + " {group={country=null}, count=1, mean=2.0, isRest=true}]}");
    }

    @Test
    void sketchesAnswerOverAnyRangeWithWhatIsNotRolledUpYet() {
        var shop = shop();
        create(
                shop,
                Map.of(
                        "name", "pages",
                        "collection", "click",
                        "dimensions", List.of("country"),
                        "bucket", Map.of("unit", "HOUR"),
                        "measures",
                                List.of(
                                        measure("DISTINCT", "page"),
                                        measure("TOP", "page"),
                                        measure("TOP", "customer_id"),
                                        measure("PERCENTILE", "price"))));
        var query = """
                {
                  aggregate(collection: "pages", measures: [
                    {measure: APPROXIMATE_DISTINCT, of: "page", as: "pages"}
                    {measure: APPROXIMATE_DISTINCT, of: "page", as: "swiss", where: {property: {name: "country", eq: "CH"}}}
                    {measure: TOP, of: "page", n: 2, as: "top"}
                    {measure: TOP, of: "customer_id", as: "customers"}
                    {measure: PERCENTILE, of: "price", p: 1, as: "most"}
                  ]) { rows { measures } freshness { isExact errorBound } }
                }
                """;
        var told = "{rows=[{measures={pages=%d, swiss=1, top=[{value=/CH, count=%d}, {value=/DE, count=1}],"
                + " customers=[{value=7, count=%d}], most=%s}}], freshness={isExact=false, errorBound=0.0229";

        assertThat(object(shop.query(query), "aggregate").toString()).startsWith(told.formatted(3, 2, 4, 8.0));
        awaitCurrent(shop, "pages");
        assertThat(object(shop.query(query), "aggregate").toString()).startsWith(told.formatted(3, 2, 4, 8.0));
        shop.collect(click(20, "CH", 11.0), click(21, "AT", 0.5));
        assertThat(object(shop.query(query), "aggregate").toString())
                .contains("pages=4", "{value=/CH, count=3}", "most=11.0");
        awaitCurrent(shop, "pages");
        assertThat(object(shop.query(query), "aggregate").toString())
                .contains("pages=4", "{value=/CH, count=3}", "most=11.0");
    }

    @Test
    void aQuestionToTheCollectionIsAnsweredFromARollupThatCanTell() {
        var shop = shop();
        create(shop, BY_COUNTRY);
        create(shop, Map.of("name", "hourly", "collection", "click", "bucket", Map.of("unit", "HOUR")));
        awaitReady(shop, "measures: {measure: COUNT}", "hourly");
        awaitReady(shop, "measures: {measure: COUNT}, groupBy: {property: \"country\"}", "clicks_by_country");

        var shopWithout = shop();
        var told = Map.of(
                "measures: {measure: COUNT}",
                "hourly",
                "measures: {measure: COUNT}, timeBucket: {unit: DAY}, zone: \"Europe/Berlin\", where: {property:"
                        + " {name: \"_time\", gte: \"2026-01-05T12:00:00Z\"}}",
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
                "measures: {measure: COUNT}, timeBucket: {unit: HOUR}, zone: \"Europe/Berlin\"",
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

    @Test
    void estimatesAnswerACollectionOnlyWhenTheyWillDo() {
        var shop = shop();
        create(
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

    /** Until a question is answered from the rollup, of which this node learns within a second. */
    private static void awaitReady(TestProject project, String question, String rollup) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> answered(project, question).contains("[" + rollup + "]"));
    }

    private static String answered(TestProject project, String question) {
        return project.query("""
                { aggregate(collection: "Click", %s) {
                  rows { bucket group measures } freshness { servedFrom isExact } explain { relations rewriter } } }
                """.formatted(question)).toString();
    }

    private static String rows(String answered) {
        return answered.substring(0, answered.indexOf("freshness"));
    }

    @Test
    void aBucketThatIsNotWhatItsEventsMakeIsFoundAndPutRight(PostgresAddress database) throws SQLException {
        var shop = shop();
        create(shop, BY_COUNTRY);
        awaitCurrent(shop, "clicks_by_country");
        var right = ask(shop, BY_HOUR, "clicks_by_country").get("rows");

        execute(
                database,
                shop,
                "update _rollup_clicks_by_country set _count = _count + 1, _sum_price = 0 where country = 'CH'");

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(ask(shop, BY_HOUR, "clicks_by_country").get("rows"))
                                .isEqualTo(right));
        assertThat(shop.query("{ rollup(name: \"clicks_by_country\") { state { audit { drifted } } } }")
                        .toString())
                .doesNotContain("drifted=0");
    }

    @Test
    void aSketchThatIsNotOfItsEventsIsFoundAndPutRight(PostgresAddress database) throws SQLException {
        var shop = shop();
        create(shop, sketched("DISTINCT", "TOP", "PERCENTILE"));
        awaitCurrent(shop, "sketched");
        var right = sketches(shop);

        for (var spoiled : List.of(
                "_distinct_customer_id = '\\x118b7f'",
                "_top_customer_id = '{\"7\": 99}'",
                "_digest_customer_id = (select _digest_customer_id from _rollup_sketched where _count = 3)")) {
            execute(database, shop, "update _rollup_sketched set " + spoiled + " where country = 'DE'");

            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(value(
                                    database,
                                    shop,
                                    "select count(*) from _rollup_sketched where country = 'DE' and not (" + spoiled
                                            + ")"))
                            .isEqualTo("1"));
        }
        assertThat(sketches(shop)).isEqualTo(right);
    }

    @Test
    void anErasedPersonIsCountedNoMore(PostgresAddress database) throws SQLException {
        var shop = shop();
        shop.collect(
                click(20, "CH", 100.0).by("ann"), click(-90_000, "CH", 100.0).by("ann"));
        create(shop, BY_COUNTRY);
        create(shop, sketched("DISTINCT"));
        awaitCurrent(shop, "clicks_by_country");
        awaitCurrent(shop, "sketched");
        assertThat(count(shop, "clicks_by_country")).isEqualTo(7L);
        execute(database, shop, NOT_AUDITED);

        shop.query("mutation { eraseUser(input: {user: \"ann\"}) { userErrors { message } } }");

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(count(shop, "clicks_by_country")).isEqualTo(5L));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(count(shop, "sketched")).isEqualTo(5L));
    }

    @Test
    void bucketsAreMadeAnewWhenSomeoneAsks(PostgresAddress database) throws SQLException {
        var shop = shop();
        create(shop, Map.of("name", "all", "collection", "click", "bucket", Map.of("unit", "HOUR")));
        awaitCurrent(shop, "all");
        assertThat(state(shop, "all").toString()).contains("rows=3", "stale=0");
        execute(database, shop, NOT_AUDITED);
        execute(database, shop, "delete from _rollup_all where _time <= '2026-01-05T13:00:00Z'");

        var answer = shop.query("""
                mutation {
                  refreshRollup(input: {name: "all", from: "2026-01-05T12:59:00Z", to: "2026-01-05T13:30:00Z"}) {
                    rollup { name } userErrors { message } }
                }
                """);

        assertThat(answer.toString()).contains("name=all");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(state(shop, "all").toString()).contains("rows=3", "stale=0"));
        assertThat(count(shop, "all")).isEqualTo(5L);
    }

    private static Map<String, Object> sketched(String... measures) {
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

    private static String sketches(TestProject project) {
        return project.query("""
                { aggregate(collection: "sketched", groupBy: {property: "country"}, measures: [
                  {measure: APPROXIMATE_DISTINCT, of: "customer_id"}
                  {measure: TOP, of: "customer_id"}
                  {measure: PERCENTILE, of: "customer_id", p: 0.5}
                ]) { rows { group measures } } }
                """).toString();
    }

    private static void execute(PostgresAddress database, TestProject project, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            connection.setSchema(project.project().slug());
            statement.execute(sql);
        }
    }

    private static String value(PostgresAddress database, TestProject project, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            connection.setSchema(project.project().slug());
            try (var rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    @Test
    void whatARollupDoesNotKeepIsRefusedWithARemedy() {
        var shop = shop();
        create(shop, BY_COUNTRY);

        var refused = shop.answer(
                "{ aggregate(collection: \"clicks_by_country\", measures: {measure: MAX, of: \"price\"}) { rows {"
                        + " measures } } }",
                Map.of());

        assertThat(refused.toString()).contains("does not keep", "MAX of \"page\"", "ask the collection");
    }

    @Test
    void onlyEventsThatPassAreRolledUpAndARollupThatIsDroppedIsGone() {
        var shop = shop();
        create(
                shop,
                Map.of(
                        "name",
                        "swiss",
                        "collection",
                        "click",
                        "bucket",
                        Map.of("unit", "DAY", "zone", "Europe/Zurich"),
                        "where",
                        Map.of("property", Map.of("name", "Country", "eq", "CH"))));
        awaitCurrent(shop, "swiss");

        assertThat(count(shop, "swiss")).isEqualTo(3L);
        assertThat(shop.query("{ rollup(name: \"swiss\") { where dimensions { name } bucket { unit zone } } }")
                        .toString())
                .contains("eq=CH", "Europe/Zurich");
        assertThat(shop.query(DROP, Map.of("name", "swiss")).toString()).contains("name=swiss");
        assertThat(shop.query(DROP, Map.of("name", "swiss")).toString()).contains("NOT_FOUND");
        assertThat(shop.query("{ rollups { name } }").toString()).doesNotContain("swiss");
    }

    @Test
    void whatCannotBeMadeIsRefusedWithThePlace() {
        var shop = shop();

        assertThat(refusal(shop, "dimensions", List.of("price"))).contains("DOUBLE", "[input, dimensions]");
        assertThat(refusal(shop, "dimensions", List.of("contry"))).contains("country", "[input, dimensions]");
        assertThat(refusal(shop, "name", "click")).contains("already", "[input, name]", "CONFLICT");
        assertThat(refusal(shop, "name", "Click")).contains("lower-case", "[input, name]");
        assertThat(refusal(shop, "collection", "none")).contains("none", "[input, collection]");
        assertThat(refusal(shop, "bucket", Map.of("unit", "MONTH"))).contains("[input, bucket, unit]");
        assertThat(refusal(shop, "bucket", Map.of("unit", "MINUTE", "every", 7)))
                .contains("[input, bucket, every]");
        assertThat(refusal(shop, "measures", List.of(measure("SUM", "page")))).contains("[input, measures, 0, of]");
    }

    @Test
    void aRollupThatCannotGoOnSaysWhyAndHoldsUpNoOther() {
        var shop = shop();
        create(shop, BY_COUNTRY);
        create(shop, Map.of("name", "all", "collection", "click", "bucket", Map.of("unit", "HOUR")));
        awaitCurrent(shop, "clicks_by_country");

        shop.collect(click(1, "CH", 1.0).with("customer_id", 7.5));

        awaitCurrent(shop, "all");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(object(state(shop, "clicks_by_country"), "rollup", "state"))
                        .containsEntry("status", "FAILING")
                        .satisfies(state -> assertThat(String.valueOf(state.get("lastError")))
                                .contains("customer_id", "DOUBLE")));
        assertThat(count(shop, "all")).isEqualTo(6L);
    }

    @Test
    void eventsMayExpireOnceEveryRollupHasThem(PostgresAddress database) throws SQLException {
        var store = new ProgressStore();
        var end = NOON.plus(Duration.ofDays(1));
        var shop = shop();
        create(shop, BY_COUNTRY);
        create(shop, Map.of("name", "all", "collection", "click", "bucket", Map.of("unit", "HOUR")));
        awaitCurrent(shop, "clicks_by_country");
        shop.collect(click(1, "CH", 1.0).with("customer_id", 7.5));
        awaitCurrent(shop, "all");

        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password())) {
            connection.setSchema(shop.project().slug());

            assertThat(store.release(connection, "click", end)).isFalse();
            shop.query(DROP, Map.of("name", "clicks_by_country"));
            assertThat(store.release(connection, "click", end)).isTrue();
        }
        assertThat(shop.query("{ rollup(name: \"all\") { state { rawFrom } } }").toString())
                .contains(end.toString());
    }

    private static String refusal(TestProject shop, String argument, Object value) {
        var input = new HashMap<String, Object>(BY_COUNTRY);
        input.put(argument, value);
        return shop.query(CREATE, Map.of("input", input)).toString();
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object count(TestProject project, String collection) {
        var answer = project.query(
                "query ($c: String!) { aggregate(collection: $c, measures: {measure: COUNT}) { rows { measures } } }",
                Map.of("c", collection));
        var rows = (List<Map<String, @Nullable Object>>)
                Objects.requireNonNull(object(answer, "aggregate").get("rows"));
        return object(rows.getFirst(), "measures").get("count");
    }

    private TestProject shop() {
        var shop = engine().project();
        shop.collect(
                click(0, "CH", 1.0),
                click(10, "CH", 3.5),
                click(4_000, "DE", 2.0),
                click(4_001, null, 8.0),
                Event.of("click").at(NOON.plusSeconds(9_000)).with("country", "CH"),
                Event.of("other").at(NOON));
        return shop;
    }

    private static Event click(int seconds, @Nullable String country, double price) {
        return Event.of("click")
                .at(NOON.plusSeconds(seconds))
                .with("customer_id", 7L)
                .with("country", country)
                .with("price", price)
                .with("page", "/" + country);
    }

    private static Map<String, Object> measure(String measure, String of) {
        return Map.of("measure", measure, "of", of);
    }

    private static void create(TestProject project, Map<String, Object> input) {
        var payload = object(project.query(CREATE, Map.of("input", input)), "createRollup");
        assertThat(payload).containsEntry("userErrors", List.of());
    }

    /** Until all commits of now are rolled up. */
    private static void awaitCurrent(TestProject project, String rollup) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(object(state(project, rollup), "rollup", "state"))
                        .containsEntry("status", "CURRENT")
                        .containsEntry("lag", "PT0S"));
    }

    private static Map<String, @Nullable Object> state(TestProject project, String rollup) {
        return project.query(
                "query ($name: String!) { rollup(name: $name) { state { status lag lastError rows stale } } }",
                Map.of("name", rollup));
    }

    private static Map<String, @Nullable Object> ask(TestProject project, String query, String collection) {
        return object(project.query(query, Map.of("collection", collection)), "aggregate");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(Map<String, @Nullable Object> answer, String... path) {
        var found = answer;
        for (var name : path) {
            found = (Map<String, @Nullable Object>) Objects.requireNonNull(found.get(name), name);
        }
        return found;
    }
}
