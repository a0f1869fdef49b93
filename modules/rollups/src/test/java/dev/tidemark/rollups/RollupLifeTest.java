package dev.tidemark.rollups;

import static dev.tidemark.rollups.Shop.BY_COUNTRY;
import static dev.tidemark.rollups.Shop.BY_HOUR;
import static dev.tidemark.rollups.Shop.CREATE;
import static dev.tidemark.rollups.Shop.DROP;
import static dev.tidemark.rollups.Shop.NOON;
import static dev.tidemark.rollups.Shop.answered;
import static dev.tidemark.rollups.Shop.ask;
import static dev.tidemark.rollups.Shop.awaitBackfilled;
import static dev.tidemark.rollups.Shop.awaitCurrent;
import static dev.tidemark.rollups.Shop.awaitMade;
import static dev.tidemark.rollups.Shop.awaitReady;
import static dev.tidemark.rollups.Shop.click;
import static dev.tidemark.rollups.Shop.count;
import static dev.tidemark.rollups.Shop.detailed;
import static dev.tidemark.rollups.Shop.execute;
import static dev.tidemark.rollups.Shop.made;
import static dev.tidemark.rollups.Shop.measure;
import static dev.tidemark.rollups.Shop.numbers;
import static dev.tidemark.rollups.Shop.rollUp;
import static dev.tidemark.rollups.Shop.state;
import static dev.tidemark.rollups.Shop.value;
import static dev.tidemark.rollups.Shop.with;
import static dev.tidemark.spi.SqlFragment.sql;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.rollups.definition.DefinitionStore;
import dev.tidemark.rollups.progress.ProgressStore;
import dev.tidemark.rollups.progress.StaleStore;
import dev.tidemark.rollups.rolling.Due;
import dev.tidemark.rollups.rolling.DueStore;
import dev.tidemark.rollups.rolling.Patience;
import dev.tidemark.rollups.rows.Commits;
import dev.tidemark.rollups.rows.EventRows;
import dev.tidemark.rollups.rows.RowStore;
import dev.tidemark.rollups.upkeep.AuditStore;
import dev.tidemark.rollups.upkeep.AuditStore.Recomputed;
import dev.tidemark.rollups.who.WhoModule;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of buckets: they are checked, made anew, dropped, and stay when their events go. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollupLifeTest {

    /** Only what is ready is audited. */
    private static final String NOT_AUDITED = "update _rollup set is_ready = false, backfill_to = position + 1";

    private final WhoModule who = new WhoModule();
    private TestEngine engine;

    @BeforeAll
    void start(PostgresAddress database) {
        engine = TestEngine.start(database, Shop.SETTINGS, Optional.empty(), who);
    }

    /** The rollups of one test are not to be audited while others run. */
    @AfterEach
    void retire(PostgresAddress database) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute("delete from tidemark.rollup_project");
        }
    }

    @AfterAll
    void stop() {
        engine.close();
    }

    @Test
    void aBucketThatIsNotWhatItsEventsMakeIsFoundAndPutRightWhetherItIsTheFirstOrTheLast(PostgresAddress database)
            throws SQLException {
        var shop = Shop.open(engine);
        rollUp(shop, BY_COUNTRY);
        awaitCurrent(shop, "clicks_by_country");
        var right = ask(shop, BY_HOUR, "clicks_by_country").get("rows");

        for (var bucket : List.of("min", "max")) {
            execute(
                    database,
                    shop,
                    "update _rollup_clicks_by_country set _count = _count + 1, _sum_price = 0 where _time = (select "
                            + bucket + "(_time) from _rollup_clicks_by_country)");

            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(
                                    ask(shop, BY_HOUR, "clicks_by_country").get("rows"))
                            .isEqualTo(right));
        }
        assertThat(shop.query("{ rollup(name: \"clicks_by_country\") { state { audit { drifted } } } }")
                        .toString())
                .doesNotContain("drifted=0");
    }

    @Test
    void whileABucketIsRecomputedItIsRolledUpFurtherAndASoundOneThatWasSuspectedStays(PostgresAddress database)
            throws SQLException {
        var shop = Shop.open(engine);
        rollUp(shop, BY_COUNTRY);
        awaitCurrent(shop, "clicks_by_country");

        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password())) {
            connection.setSchema(shop.project().slug());
            connection.setAutoCommit(false);
            var questions = engine.engine().questions();
            var definitions = new DefinitionStore(questions);
            var stale = new StaleStore(questions);
            var audits =
                    new AuditStore(questions, new ProgressStore(), stale, new RowStore(questions, definitions, stale));
            var rollup = definitions.all(connection).getFirst();
            connection.commit();

            var last = audits.recompute(connection, shop.project(), rollup, 1);
            shop.collect(click(1, "CH", 1.0), click(-90_000, "CH", 1.0));
            awaitCurrent(shop, "clicks_by_country");
            var first = audits.recompute(connection, shop.project(), rollup, 0);
            connection.commit();

            assertThat(last).isPresent().get().extracting(Recomputed::isSuspect).isEqualTo(false);
            assertThat(first)
                    .isPresent()
                    .get()
                    .extracting(Recomputed::isSuspect)
                    .isEqualTo(false);
            var suspect = new Recomputed(last.get().bucket(), true);
            assertThat(audits.settle(connection, shop.project(), rollup, suspect))
                    .isFalse();
            connection.rollback();
        }
    }

    @Test
    void aSketchThatIsNotOfItsEventsIsFoundAndPutRight(PostgresAddress database) throws SQLException {
        var shop = Shop.open(engine);
        rollUp(shop, sketched("DISTINCT", "TOP", "PERCENTILE"));
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
    void anErasedPersonIsCountedNoMore(PostgresAddress database) throws SQLException, InterruptedException {
        var shop = Shop.open(engine);
        shop.collect(
                click(20, "CH", 100.0).by("ann"), click(-90_000, "CH", 100.0).by("ann"));
        rollUp(shop, BY_COUNTRY);
        rollUp(shop, sketched("DISTINCT"));
        awaitCurrent(shop, "clicks_by_country");
        awaitCurrent(shop, "sketched");
        assertThat(count(shop, "clicks_by_country")).isEqualTo(7L);
        execute(database, shop, NOT_AUDITED);
        try (var live = shop.subscribe("""
                subscription { live { aggregate(collection: "clicks_by_country", measures: {measure: COUNT, as: "n"}) {
                  ... on Snapshot { entries { value { ... on LiveGroup { measures } } } }
                  ... on Change { upserted { value { ... on LiveGroup { measures } } } }
                } } }
                """, Map.of())) {
            assertThat(live.next().toString()).contains("n=7");

            shop.query("mutation { eraseUser(input: {user: \"ann\"}) { userErrors { message } } }");

            var told = live.next().toString();
            while (!told.contains("n=5")) {
                told = live.next().toString();
            }
        }
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(count(shop, "clicks_by_country")).isEqualTo(5L));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(count(shop, "sketched")).isEqualTo(5L));
    }

    @Test
    void bucketsAreMadeAnewWhenSomeoneAsks(PostgresAddress database) throws SQLException {
        var shop = Shop.open(engine);
        rollUp(shop, Map.of("name", "all", "collection", "click", "bucket", Map.of("unit", "HOUR")));
        awaitCurrent(shop, "all");
        assertThat(state(shop, "all").toString()).contains("rows=3", "stale=0");
        execute(database, shop, NOT_AUDITED);
        execute(database, shop, "delete from _rollup_all where _time <= '2026-01-05T13:00:00Z'");

        var answer = shop.query("""
                mutation {
                  backfillRollup(input: {name: "all", from: "2026-01-05T12:59:00Z", to: "2026-01-05T13:30:00Z"}) {
                    rollup { name state { backfilling { from to next } } } userErrors { message } }
                }
                """);

        assertThat(answer.toString())
                .contains("backfilling={from=2026-01-05T12:00:00Z, to=2026-01-05T13:00:00Z", "userErrors=[]");
        awaitBackfilled(shop, "all");
        assertThat(state(shop, "all").toString()).contains("rows=3");
        assertThat(count(shop, "all")).isEqualTo(5L);

        execute(database, shop, "update _rollup_all set _count = 7");
        execute(database, shop, "insert into _rollup_all values ('2026-01-08T00:00:00Z', 1, gen_random_uuid())");
        shop.query("mutation { backfillRollup(input: {name: \"all\"}) { userErrors { message } } }");
        assertThat(shop.query("{ auditLog(act: \"backfillRollup\") { nodes { subject } } }"))
                .hasToString("{auditLog={nodes=[{subject=all}, {subject=all}]}}");
        awaitBackfilled(shop, "all");
        assertThat(count(shop, "all")).isEqualTo(5L);
    }

    @Test
    void peopleWhoTurnOutToBeOneAreCountedOnce(PostgresAddress database) throws SQLException {
        var people = "measures: {measure: DISTINCT, of: \"_person\", as: \"n\"}, approximate: true";
        var shop = Shop.open(engine);
        shop.collect(
                click(20, "CH", 1.0).by("ann"),
                click(-90_000, "CH", 1.0).by("bob"),
                Event.of("click").at(NOON).with("country", "CH").byVisitor("visitor"));
        who.begin(shop.project());
        rollUp(
                shop,
                Map.of(
                        "name",
                        "people",
                        "collection",
                        "click",
                        "bucket",
                        Map.of("unit", "DAY"),
                        "measures",
                        List.of(measure("DISTINCT", "_person"))));
        awaitCurrent(shop, "people");
        execute(database, shop, NOT_AUDITED);
        assertThat(answered(shop, people)).contains("n=3");

        who.is(shop.project(), "visitor", "ann");
        who.is(shop.project(), "bob", "ann");

        assertThat(answered(shop, people)).contains("n=1");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(shop.query("""
                                { aggregate(
                                  collection: "people", measures: {measure: APPROXIMATE_DISTINCT, of: "_person", as: "n"}
                                ) { rows { measures } } }
                                """).toString()).contains("n=1"));
        assertThat(state(shop, "people").toString()).contains("stale=0");
    }

    @Test
    void bucketsThatAreTooOldAreDroppedAndQuestionsAboutThemAreAnsweredFromEvents() {
        var shop = Shop.open(engine);
        var hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        var today = "measures: {measure: COUNT}, where: {property: {name: \"_time\", gte: \"" + hour + "\"}}";
        rollUp(shop, Map.of("name", "all", "collection", "click", "bucket", Map.of("unit", "HOUR"), "keep", "P1D"));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(count(shop, "all")).isEqualTo(0L));

        shop.collect(click(-1, "CH", 1.0), Event.of("click").at(hour));
        awaitCurrent(shop, "all");

        assertThat(count(shop, "all")).isEqualTo(1L);
        assertThat(count(shop, "click")).isEqualTo(7L);
        awaitReady(shop, today, "all");
        assertThat(answered(shop, "measures: {measure: COUNT}")).contains("servedFrom=RAW", "count=7");
        assertThat(answered(shop, today)).contains("servedFrom=ROLLUP", "count=1");
        assertThat(shop.query("{ rollup(name: \"all\") { keep state { keptFrom } } }")
                        .toString())
                .contains("keep=PT24H", "keptFrom=" + hour.minus(Duration.ofHours(25)));
    }

    @Test
    void aRollupMadeOfAnotherSaysWhatTheEventsSay(PostgresAddress database) throws SQLException {
        var shop = Shop.open(engine);
        rollUp(shop, detailed("fine", Map.of("unit", "MINUTE", "every", 5), "country", "customer_id"));
        rollUp(shop, made("hourly", Map.of("unit", "HOUR"), "country"));
        rollUp(shop, made("daily", Map.of("unit", "DAY", "zone", "Asia/Kolkata")));
        rollUp(shop, detailed("same", Map.of("unit", "DAY", "zone", "Asia/Kolkata")));
        awaitMade(shop, "hourly");
        awaitMade(shop, "daily");
        assertThat(numbers(shop, "hourly")).isEqualTo(numbers(shop, "click"));

        shop.collect(click(-10_000, "CH", 9.0), click(3, "FR", 0.25));
        assertThat(numbers(shop, "hourly")).isEqualTo(numbers(shop, "click"));
        awaitCurrent(shop, "fine");
        assertThat(numbers(shop, "hourly")).isEqualTo(numbers(shop, "click"));
        awaitMade(shop, "hourly");
        awaitMade(shop, "daily");
        assertThat(numbers(shop, "hourly")).isEqualTo(numbers(shop, "click"));
        awaitCurrent(shop, "same");
        assertThat(value(
                        database,
                        shop,
                        "select count(*) from (table _rollup_daily except table _rollup_same) as different"))
                .isEqualTo("0");

        shop.collect(Event.of("click").at(Instant.now()).with("country", "CH"));
        awaitCurrent(shop, "fine");
        assertThat(value(database, shop, "select count(*) from _rollup_hourly where _time > '2026-02-01'"))
                .isEqualTo("0");
        assertThat(count(shop, "hourly")).isEqualTo(8L);

        execute(database, shop, "update _rollup_hourly set _count = 7 where country = 'FR'");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(count(shop, "hourly")).isEqualTo(8L));
        assertThat(shop.query(DROP, Map.of("name", "fine")).toString()).contains("CONFLICT");
        assertThat(shop.query(DROP, Map.of("name", "hourly")).toString()).contains("name=hourly");
    }

    @Test
    void aRollupIsMadeOnlyOfOneThatHasWhatItTakes() {
        var shop = Shop.open(engine);
        rollUp(shop, detailed("fine", Map.of("unit", "HOUR"), "country"));
        rollUp(shop, made("hourly", Map.of("unit", "HOUR")));

        assertThat(refusal(shop, made("x", Map.of("unit", "MINUTE")))).contains("[bucket]");
        assertThat(refusal(shop, made("x", Map.of("unit", "DAY", "zone", "Asia/Kolkata"))))
                .contains("[bucket]");
        assertThat(refusal(shop, made("x", Map.of("unit", "DAY"), "page"))).contains("[dimensions]");
        assertThat(refusal(shop, with(made("x", Map.of("unit", "DAY")), "cascade", "hourly")))
                .contains("[cascade]");
        assertThat(refusal(shop, with(made("x", Map.of("unit", "DAY")), "measures", List.of(measure("SUM", "price")))))
                .contains("[measures]");
        assertThat(refusal(shop, with(made("x", Map.of("unit", "DAY")), "keep", "PT1H")))
                .contains("[keep]");
    }

    private static String refusal(TestProject shop, Map<String, Object> input) {
        return shop.query(CREATE, Map.of("input", input)).toString();
    }

    @Test
    void aRollupThatCannotGoOnSaysWhyAndHoldsUpNoOther() {
        var shop = Shop.open(engine);
        rollUp(shop, BY_COUNTRY);
        rollUp(shop, Map.of("name", "all", "collection", "click", "bucket", Map.of("unit", "HOUR")));
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
        var shop = Shop.open(engine);
        rollUp(shop, BY_COUNTRY);
        rollUp(shop, Map.of("name", "all", "collection", "click", "bucket", Map.of("unit", "HOUR")));
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

    @Test
    void aRollupWaitsForMoreEventsOnlyAsLongAsTheyComeAndNotForLong(PostgresAddress database) throws SQLException {
        var hour = Duration.ofHours(1);
        var shop = Shop.open(engine);
        rollUp(shop, BY_COUNTRY);
        rollUp(shop, Map.of("name", "all", "collection", "click", "bucket", Map.of("unit", "HOUR")));
        awaitCurrent(shop, "clicks_by_country");
        awaitCurrent(shop, "all");

        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            connection.setSchema(shop.project().slug());
            connection.setAutoCommit(false);
            statement.execute("update _rollup set position = 0");
            statement.execute("update _commit set committed_at = statement_timestamp()");

            assertThat(due(connection, new Patience(7, hour, hour))).isEmpty();
            assertThat(due(connection, new Patience(6, hour, hour)))
                    .extracting(due -> due.rollups().size())
                    .containsExactly(2);
            assertThat(due(connection, new Patience(7, Duration.ZERO, hour))).hasSize(1);
            assertThat(due(connection, new Patience(7, hour, Duration.ZERO))).hasSize(1);
            statement.execute("update _commit set committed_at = statement_timestamp() + interval '1 day'");
            assertThat(due(connection, new Patience(7, hour, hour))).hasSize(1);
        }
    }

    /** Casting them for each event takes minutes, once there are some hundred. */
    @Test
    void theRangesOfCommitsAreReadOnceForAllEvents(PostgresAddress database) throws SQLException {
        var shop = Shop.open(engine);
        var questions = engine.engine().questions();
        rollUp(shop, BY_COUNTRY);
        var commits = new Commits("{[1,3),[5,7)}", 1, 6, NOON, NOON.plusSeconds(1));

        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password())) {
            connection.setSchema(shop.project().slug());
            var rollup = new DefinitionStore(questions).all(connection).getFirst();
            var events = new EventRows(rollup, questions.sqlRelation(shop.project(), List.of("click")));
            var select = events.single(commits.condition());
            try (var statement = questions.prepare(connection, sql("explain {}", select));
                    var lines = statement.executeQuery()) {
                var plan = new StringBuilder();
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }

                assertThat(plan.toString()).contains("_id <@", "InitPlan").doesNotContain("int8multirange");
            }
        }
    }

    @Test
    void rollupsThatGoOnTogetherAreEachOfTheirOwnEventsAndWaitForNoneThatIsHeld(PostgresAddress database)
            throws SQLException {
        var different = "select count(*) from (%1$s except %2$s union all (%2$s except %1$s)) as different"
                .formatted("table _rollup_swiss", "select * from _rollup_all where country = 'CH'");
        var shop = Shop.open(engine);
        rollUp(shop, with(detailed("all", Map.of("unit", "HOUR"), "country", "customer_id"), "keep", "P3650D"));
        rollUp(
                shop,
                with(
                        detailed("swiss", Map.of("unit", "HOUR"), "country", "customer_id"),
                        "where",
                        Map.of("property", Map.of("name", "country", "eq", "CH"))));
        awaitCurrent(shop, "all");
        awaitCurrent(shop, "swiss");
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            connection.setSchema(shop.project().slug());
            connection.setAutoCommit(false);

            shop.collect(click(20, "CH", 11.0), click(21, "AT", 0.5), click(-90_000, "CH", 0.5));
            awaitCurrent(shop, "all");
            awaitCurrent(shop, "swiss");
            assertThat(value(database, shop, different)).isEqualTo("0");
            statement.execute("select from _rollup where name = 'all' for update");
            shop.collect(click(22, "CH", 12.0));
            awaitCurrent(shop, "swiss");
            assertThat(value(database, shop, different)).isEqualTo("2");
            connection.rollback();
        }
        awaitCurrent(shop, "all");
        assertThat(value(database, shop, different)).isEqualTo("0");
        assertThat(numbers(shop, "all")).isEqualTo(numbers(shop, "click"));
    }

    private List<Due> due(Connection connection, Patience patience) throws SQLException {
        return new DueStore(new DefinitionStore(engine.engine().questions())).due(connection, patience);
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
}
