package dev.tidemark.rollups;

import static dev.tidemark.rollups.Shop.BY_COUNTRY;
import static dev.tidemark.rollups.Shop.NOON;
import static dev.tidemark.rollups.Shop.awaitCurrent;
import static dev.tidemark.rollups.Shop.click;
import static dev.tidemark.rollups.Shop.count;
import static dev.tidemark.rollups.Shop.detailed;
import static dev.tidemark.rollups.Shop.execute;
import static dev.tidemark.rollups.Shop.numbers;
import static dev.tidemark.rollups.Shop.rollUp;
import static dev.tidemark.rollups.Shop.value;
import static dev.tidemark.rollups.Shop.with;
import static dev.tidemark.spi.SqlFragment.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.questions.ModuleStatements;
import dev.tidemark.rollups.definition.DefinitionStore;
import dev.tidemark.rollups.rolling.Due;
import dev.tidemark.rollups.rolling.DueStore;
import dev.tidemark.rollups.rolling.Patience;
import dev.tidemark.rollups.rows.Commits;
import dev.tidemark.rollups.rows.EventRows;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** When rollups go on, which of them together, and what they read. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollingTest {

    @AutoClose
    private TestEngine engine;

    @BeforeAll
    void start(PostgresAddress database) {
        engine = TestEngine.start(database, Shop.SETTINGS, Optional.empty());
    }

    @Test
    void aRollupWaitsForMoreEventsOnlyAsLongAsTheyComeAndNotForLong(PostgresAddress database) throws SQLException {
        var hour = Duration.ofHours(1);
        var shop = Shop.open(engine);
        rollUp(shop, BY_COUNTRY);
        rollUp(shop, Map.of("name", "all", "collection", "click", "bucket", Map.of("unit", "HOUR")));
        awaitCurrent(shop, "clicks_by_country");
        awaitCurrent(shop, "all");

        try (var connection = shop.connect(database);
                var statement = connection.createStatement()) {
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

    @Test
    void ofAWindowSoLargeThatItsHalvesAreReadTogetherEachEventCountsOnce(PostgresAddress database) throws SQLException {
        var shop = Shop.open(engine);
        rollUp(shop, detailed("all", Map.of("unit", "HOUR"), "country"));
        awaitCurrent(shop, "all");
        execute(database, shop, "update _rollup set retry_at = 'infinity'");
        for (int batch = 0; batch < 12; batch++) {
            var country = "C" + batch % 5;
            shop.collect(IntStream.range(0, 1_000)
                    .mapToObj(second -> click(second, country, second % 7))
                    .toArray(Event[]::new));
        }

        execute(database, shop, "update _rollup set retry_at = null");
        awaitCurrent(shop, "all");

        assertThat(count(shop, "all")).isEqualTo(12_005L);
        assertThat(numbers(shop, "all")).isEqualTo(numbers(shop, "click"));
    }

    /** Casting them for each event takes minutes, once there are some hundred. */
    @Test
    void theRangesOfCommitsAreReadOnceForAllEvents(PostgresAddress database) throws SQLException {
        var shop = Shop.open(engine);
        var questions = engine.engine().questions();
        rollUp(shop, BY_COUNTRY);
        var commits = new Commits("{[1,3),[5,7)}", 1, 6, NOON, NOON.plusSeconds(1));

        try (var connection = shop.connect(database)) {
            var rollup = new DefinitionStore(questions).all(connection).getFirst();
            var events = EventRows.of(rollup, questions, shop.project());
            var select = events.single(commits.condition());
            try (var statement = new ModuleStatements().prepare(connection, sql("explain {}", select));
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
        try (var connection = shop.connect(database);
                var statement = connection.createStatement()) {
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

    @Test
    void aRollupThatIsHeldHoldsUpNoOtherProject(PostgresAddress database) throws SQLException {
        var all = Map.<String, Object>of("name", "all", "collection", "click", "bucket", Map.of("unit", "HOUR"));
        var shop = Shop.open(engine);
        var other = Shop.open(engine);
        for (var project : List.of(shop, other)) {
            rollUp(project, all);
            awaitCurrent(project, "all");
        }
        try (var connection = shop.connect(database);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select from _rollup for update");
            shop.collect(click(1, "CH", 1.0));

            for (int i = 0; i < 3; i++) {
                other.collect(click(i, "CH", 1.0));
                awaitCurrent(other, "all");
            }
        }
        awaitCurrent(shop, "all");
    }

    private List<Due> due(Connection connection, Patience patience) throws SQLException {
        return new DueStore(new DefinitionStore(engine.engine().questions())).due(connection, patience);
    }
}
