package dev.tidemark.rollups;

import static dev.tidemark.rollups.AuditTest.audits;
import static dev.tidemark.rollups.Shop.BY_COUNTRY;
import static dev.tidemark.rollups.Shop.DROP;
import static dev.tidemark.rollups.Shop.awaitCurrent;
import static dev.tidemark.rollups.Shop.rollUp;
import static dev.tidemark.rollups.Shop.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.rollups.definition.DefinitionStore;
import dev.tidemark.rollups.progress.ProgressStore;
import dev.tidemark.rollups.upkeep.AuditLimits;
import dev.tidemark.rollups.upkeep.Auditing;
import dev.tidemark.rollups.upkeep.Pace;
import dev.tidemark.rollups.who.WhoModule;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Failures;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import dev.tidemark.testkit.TestRun;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class DroppedAmidAuditTest {

    private static final Map<String, String> SETTINGS =
            Map.of("rollups.every", "PT0.2S", "rollups.audit-every", "PT1H");

    @Test
    @Timeout(60)
    void aRollupThatIsDroppedWhileItIsAuditedIsNoFault(PostgresAddress database) throws Exception {
        var who = new WhoModule();
        try (var engine = TestEngine.start(database, SETTINGS, Optional.empty(), who);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var shop = Shop.open(engine);
            rollUp(shop, BY_COUNTRY);
            awaitCurrent(shop, "clicks_by_country");
            Future<String> dropped;
            Future<?> audited;

            try (var reader = shop.connect(database);
                    var statement = reader.createStatement()) {
                reader.setAutoCommit(false);
                statement.execute("select from _rollup_clicks_by_country");
                dropped = threads.submit(() ->
                        shop.query(DROP, Map.of("name", "clicks_by_country")).toString());
                awaitBlocked(database, shop, 1);
                audited = threads.submit(() -> audit(engine, shop, who.databases()));
                awaitBlocked(database, shop, 2);
                reader.rollback();
            }

            assertThat(dropped.get()).contains("userErrors=[]");
            audited.get();
        }
    }

    private static void audit(TestEngine engine, TestProject shop, Databases databases) {
        var run = new TestRun(databases);
        var failures = new Failures(run);
        new Auditing(
                        databases,
                        new DefinitionStore(engine.engine().questions()),
                        new ProgressStore(),
                        audits(engine, AuditLimits.USUAL),
                        new Random(1),
                        new Pace(0, System::nanoTime, time -> {}))
                .in(shop.project(), run, failures);
        failures.rethrow();
    }

    private static void awaitBlocked(PostgresAddress database, TestProject shop, int number) {
        await().until(() -> value(database, shop, """
                        select count(*) from pg_locks
                        where not granted and relation = '_rollup_clicks_by_country'::regclass
                        """).equals(String.valueOf(number)));
    }
}
