package dev.tidemark.rollups;

import static dev.tidemark.rollups.Shop.BY_COUNTRY;
import static dev.tidemark.rollups.Shop.BY_HOUR;
import static dev.tidemark.rollups.Shop.ask;
import static dev.tidemark.rollups.Shop.awaitCurrent;
import static dev.tidemark.rollups.Shop.click;
import static dev.tidemark.rollups.Shop.execute;
import static dev.tidemark.rollups.Shop.rollUp;
import static dev.tidemark.rollups.Shop.sketched;
import static dev.tidemark.rollups.Shop.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.questions.ModuleStatements;
import dev.tidemark.rollups.definition.DefinitionStore;
import dev.tidemark.rollups.definition.Share;
import dev.tidemark.rollups.progress.ProgressStore;
import dev.tidemark.rollups.progress.StaleStore;
import dev.tidemark.rollups.rows.RowStore;
import dev.tidemark.rollups.upkeep.AuditLimits;
import dev.tidemark.rollups.upkeep.AuditStore;
import dev.tidemark.rollups.upkeep.AuditStore.Recomputed;
import dev.tidemark.rollups.who.WhoModule;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Buckets are held against their events, and put right. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTest {

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

        try (var connection = shop.connect(database)) {
            connection.setAutoCommit(false);
            var audits = audits(engine, AuditLimits.USUAL);
            var rollup = new DefinitionStore(engine.engine().questions())
                    .all(connection)
                    .getFirst();
            connection.commit();

            var last = audits.recompute(connection, shop.project(), rollup, 1, 0);
            shop.collect(click(1, "CH", 1.0), click(-90_000, "CH", 1.0));
            awaitCurrent(shop, "clicks_by_country");
            var first = audits.recompute(connection, shop.project(), rollup, 0, 0);
            connection.commit();

            assertThat(last).isPresent().get().extracting(Recomputed::isSuspect).isEqualTo(false);
            assertThat(first)
                    .isPresent()
                    .get()
                    .extracting(Recomputed::isSuspect)
                    .isEqualTo(false);
            var suspect = new Recomputed(last.get().bucket(), Share.WHOLE, true);
            assertThat(audits.settle(connection, shop.project(), rollup, suspect))
                    .isFalse();
            connection.rollback();
        }
    }

    @Test
    void aBucketOfPeopleWhoHaveJustTurnedOutToBeOthersHasNotDrifted(PostgresAddress database) throws SQLException {
        var shop = Shop.open(engine);
        shop.collect(click(20, "CH", 1.0).by("ann"), click(30, "CH", 1.0).by("bob"));
        who.begin(shop.project());
        var bucket = Map.of("unit", "DAY");
        rollUp(
                shop,
                Map.of("name", "people", "collection", "click", "dimensions", List.of("_person"), "bucket", bucket));
        awaitCurrent(shop, "people");

        try (var connection = shop.connect(database);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            var audits = audits(engine, AuditLimits.USUAL);
            var rollup = new DefinitionStore(engine.engine().questions())
                    .all(connection)
                    .getFirst();
            var suspect = new Recomputed(Instant.parse("2026-01-05T00:00:00Z"), Share.WHOLE, true);

            statement.execute("insert into _who values ('bob', 'ann'); insert into _rollup_person values ('bob')");
            assertThat(audits.settle(connection, shop.project(), rollup, suspect))
                    .isFalse();

            statement.execute("delete from _rollup_person");
            assertThat(audits.settle(connection, shop.project(), rollup, suspect))
                    .isTrue();
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
    void sumsOfAnySizeAreHeldAgainstTheirEvents(PostgresAddress database) throws SQLException {
        var shop = Shop.open(engine);
        shop.collect(click(1, "DE", 1e300), click(2, "AT", 1e-320));
        rollUp(shop, BY_COUNTRY);
        awaitCurrent(shop, "clicks_by_country");

        execute(database, shop, "update _rollup_clicks_by_country set _sum_price = 2e300 where country = 'DE'");

        await().atMost(Duration.ofMinutes(1))
                .until(() -> value(
                                database,
                                shop,
                                "select max(_sum_price) = 1e300 from _rollup_clicks_by_country where country = 'DE'")
                        .equals("t"));
    }

    /** As the job has it, with its own limits. */
    static AuditStore audits(TestEngine engine, AuditLimits limits) {
        var questions = engine.engine().questions();
        var statements = new ModuleStatements();
        var stale = new StaleStore(statements);
        var rows = new RowStore(questions, statements, new DefinitionStore(questions), stale);
        return new AuditStore(statements, new ProgressStore(), stale, rows, limits);
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
