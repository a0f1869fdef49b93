package dev.tidemark.rollups;

import static dev.tidemark.rollups.Shop.BY_COUNTRY;
import static dev.tidemark.rollups.Shop.CREATE;
import static dev.tidemark.rollups.Shop.DROP;
import static dev.tidemark.rollups.Shop.NOON;
import static dev.tidemark.rollups.Shop.PEOPLE;
import static dev.tidemark.rollups.Shop.answered;
import static dev.tidemark.rollups.Shop.awaitBackfilled;
import static dev.tidemark.rollups.Shop.awaitCurrent;
import static dev.tidemark.rollups.Shop.awaitMade;
import static dev.tidemark.rollups.Shop.awaitPeople;
import static dev.tidemark.rollups.Shop.awaitReady;
import static dev.tidemark.rollups.Shop.click;
import static dev.tidemark.rollups.Shop.count;
import static dev.tidemark.rollups.Shop.detailed;
import static dev.tidemark.rollups.Shop.execute;
import static dev.tidemark.rollups.Shop.made;
import static dev.tidemark.rollups.Shop.measure;
import static dev.tidemark.rollups.Shop.numbers;
import static dev.tidemark.rollups.Shop.rollUp;
import static dev.tidemark.rollups.Shop.sketched;
import static dev.tidemark.rollups.Shop.state;
import static dev.tidemark.rollups.Shop.value;
import static dev.tidemark.rollups.Shop.with;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.rollups.progress.ProgressStore;
import dev.tidemark.rollups.who.WhoModule;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of buckets: they are made anew, dropped, and stay when their events go. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollupLifeTest {

    /** Only what is ready is audited. */
    static final String NOT_AUDITED = "update _rollup set is_ready = false, backfill_to = position + 1";

    private final WhoModule who = new WhoModule();

    @AutoClose
    private TestEngine engine;

    @BeforeAll
    void start(PostgresAddress database) {
        engine = TestEngine.start(database, Shop.SETTINGS, Optional.empty(), who);
    }

    /** The rollups of one test are not to be audited while others run. */
    @AfterEach
    void retire(PostgresAddress database) throws SQLException {
        Shop.retire(database);
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
        rollUp(shop, PEOPLE);
        awaitCurrent(shop, "people");
        execute(database, shop, NOT_AUDITED);
        assertThat(answered(shop, people)).contains("n=3");

        who.is(shop.project(), "visitor", "ann");
        who.is(shop.project(), "bob", "ann");

        assertThat(answered(shop, people)).contains("n=1");
        awaitPeople(shop, 1);
        awaitBackfilled(shop, "people");
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
                .contains("[measures]", "SUM of \"price\"");
        assertThat(refusal(shop, with(made("x", Map.of("unit", "DAY")), "keep", "PT1H")))
                .contains("[keep]");
    }

    @Test
    void aRollupIsMadeOfOneWhoseCollectionWasDeclaredBeforeOrAfter() {
        var declare = """
                mutation {
                  declareCollection(input: {name: "click", properties: [
                    {name: "country", type: TEXT, description: "%s"}, {name: "page", type: TEXT}
                  ]}) { userErrors { message } }
                }
                """;
        var rename = "mutation { renameProperty(input: {collection: \"click\", property: \"country\", label: \"Land\"})"
                + " { userErrors { message } } }";
        var shop = Shop.open(engine);
        shop.query(declare.formatted("Where"));
        rollUp(shop, detailed("fine", Map.of("unit", "HOUR"), "country"));
        rollUp(shop, made("before", Map.of("unit", "DAY"), "country"));
        shop.query(declare.formatted("From where"));
        shop.query(rename);

        rollUp(shop, made("after", Map.of("unit", "DAY"), "country"));

        assertThat(count(shop, "after")).isEqualTo(5L);
    }

    @Test
    void aRollupWhoseSumIsTooLargeSaysWhatToDo() {
        var shop = Shop.open(engine);
        shop.collect(click(1, "CH", 1.7e308), click(2, "CH", 1.7e308));

        rollUp(shop, BY_COUNTRY);
        rollUp(
                shop,
                with(
                        with(BY_COUNTRY, "name", "estimated"),
                        "measures",
                        List.of(measure("SUM", "price"), measure("DISTINCT", "page"))));

        for (var name : List.of("clicks_by_country", "estimated")) {
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(state(shop, name).toString())
                            .contains("status=FAILING", "beyond the range of DOUBLE", "drop the rollup"));
        }
    }

    @Test
    void whoAsksForARollupWhileItIsDroppedIsToldToAskAgain(PostgresAddress database) throws Exception {
        var shop = Shop.open(engine);
        var all = Map.of("name", "all", "collection", "click", "bucket", Map.of("unit", "HOUR"));
        rollUp(shop, all);
        rollUp(shop, with(all, "name", "spare"));
        awaitCurrent(shop, "all");
        try (var connection = shop.connect(database);
                var statement = connection.createStatement();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            connection.setAutoCommit(false);
            statement.execute("delete from _rollup where name = 'all'");
            statement.execute("drop table _rollup_all");

            var made = threads.submit(() -> refusal(shop, with(with(all, "name", "made"), "cascade", "all")));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> value(database, shop, """
                            select exists (
                                select from pg_stat_activity
                                where state = 'active' and wait_event is not null -- for a lock, or for a worker of Citus
                                    and query ilike '%insert into %_rollup%'
                            )
                            """).equals("t"));
            connection.commit();

            assertThat(made.get()).contains("CONFLICT", "ask again");
        }
        execute(database, shop, "drop table _rollup_spare");
        for (var question : List.of(
                "{ aggregate(collection: \"spare\", measures: {measure: COUNT}) { rows { measures } } }",
                "{ rollup(name: \"spare\") { state { rows } } }",
                "mutation { backfillRollup(input: {name: \"spare\"}) { userErrors { code message } } }")) {
            assertThat(shop.answer(question, Map.of()).toString()).contains("CONFLICT", "ask again");
        }
    }

    @Test
    void aRollupWhosePropertyHasAnotherTypeSaysSoBeforeTheNextEvent() {
        var shop = Shop.open(engine);
        rollUp(shop, BY_COUNTRY);
        awaitCurrent(shop, "clicks_by_country");

        shop.query("""
                mutation {
                  changePropertyType(input: {collection: "click", property: "customer_id", type: TEXT}) {
                    userErrors { message }
                  }
                }
                """);

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(state(shop, "clicks_by_country").toString())
                        .contains("status=FAILING", "customer_id", "create it again"));
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

        try (var connection = shop.connect(database)) {

            assertThat(store.release(connection, "click", end)).isFalse();
            shop.query(DROP, Map.of("name", "clicks_by_country"));
            assertThat(store.release(connection, "click", end)).isTrue();
        }
        assertThat(shop.query("{ rollup(name: \"all\") { state { rawFrom } } }").toString())
                .contains(end.toString());
    }
}
