package dev.tidemark.customers;

import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.SetClock;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The operator's own users table is another schema of the tests' database. */
@Timeout(120)
@ExtendWith(PostgresExtension.class)
class UsersTableClockTest {

    private static final String ALL = "{ customers { totalCount } }";

    @Test
    void oneThatIsThereAtLastIsSeenOnANodeWhoseClockWasSetBack(PostgresAddress database) throws SQLException {
        var clock = new SetClock(Duration.ofHours(1));
        run(database, "create schema late_crm");
        try (var engine = start(database, "late", clock.utc())) {
            var shop = engine.project("late");
            assertThat(shop.answer(ALL, Map.of()).toString()).contains("UNAVAILABLE");
            clock.setRight();

            run(database, "create table late_crm.accounts as select 'ada' as id, 'pro' as plan");

            awaitCustomers(shop, 1);
        }
    }

    @Test
    void whatANodeWithAnotherClockHasCopiedIsAsYoungAsItIs(PostgresAddress database) throws SQLException {
        run(database, "create schema slow_crm");
        run(database, "create table slow_crm.accounts as select 'ada' as id, 'pro' as plan");
        try (var leader = start(database, "slow", Clock.offset(Clock.systemUTC(), Duration.ofHours(-1)));
                var other = start(database, "slow", Clock.systemUTC())) {
            var shop = leader.project("slow");
            awaitCustomers(shop, 1);

            awaitCustomers(new TestProject(other.engine(), shop.project(), shop.caller()), 1);
        }
    }

    private static TestEngine start(PostgresAddress database, String slug, Clock clock) {
        var settings = Map.of(
                "customers.users-tables",
                slug,
                "customers.copy-every",
                "200ms",
                "customers." + slug + ".url",
                database.url(),
                "customers." + slug + ".user",
                database.user(),
                "customers." + slug + ".password",
                database.password(),
                "customers." + slug + ".table",
                slug + "_crm.accounts");
        return TestEngine.start(database, settings, Optional.empty(), clock);
    }

    private static void awaitCustomers(TestProject shop, long expected) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(object(shop.query(ALL), "customers")).containsEntry("totalCount", expected));
    }

    private static void run(PostgresAddress database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
