package dev.tidemark.rollups;

import static dev.tidemark.rollups.AuditTest.audits;
import static dev.tidemark.rollups.Shop.BY_COUNTRY;
import static dev.tidemark.rollups.Shop.NOON;
import static dev.tidemark.rollups.Shop.awaitCurrent;
import static dev.tidemark.rollups.Shop.awaitMade;
import static dev.tidemark.rollups.Shop.execute;
import static dev.tidemark.rollups.Shop.measure;
import static dev.tidemark.rollups.Shop.rollUp;
import static dev.tidemark.rollups.Shop.value;
import static dev.tidemark.rollups.Shop.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.rollups.definition.DefinitionStore;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.upkeep.AuditLimits;
import dev.tidemark.rollups.upkeep.AuditStore;
import dev.tidemark.rollups.upkeep.AuditStore.Recomputed;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much an audit takes upon itself at a time. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditPartsTest {

    private static final int EVENTS = 200;
    private static final int SHARES = 16;
    private static final List<String> DIMENSIONS = List.of("place", "number", "flag", "day");

    @AutoClose
    private TestEngine engine;

    /** Nothing is audited but what a test does. */
    @BeforeAll
    void start(PostgresAddress database) {
        var settings = Map.of("rollups.every", "PT0.2S", "rollups.audit-every", "PT1H");
        engine = TestEngine.start(database, settings, Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"exact", "fine", "made"})
    void aLargeBucketIsRecomputedPartByPartAndOneOfThemShowsThatItHasDrifted(String name, PostgresAddress database)
            throws SQLException {
        var project = engine.project();
        project.collect(visits(new Random(13)));
        var input = input("fine", List.of(measure("MIN", "number"), measure("DISTINCT", "place")));
        rollUp(project, input("exact", List.of(measure("MIN", "number"))));
        rollUp(project, input);
        rollUp(project, with(with(input, "name", "made"), "cascade", "fine"));
        awaitCurrent(project, "exact");
        awaitMade(project, "made");
        try (var connection = connect(database, project)) {
            var audits = audits(engine, new AuditLimits(1 + EVENTS / SHARES, EVENTS));
            var rollup = rollup(connection, name);

            var sound = recomputed(connection, audits, project, rollup);
            execute(
                    database,
                    project,
                    "update _rollup_%1$s set _count = _count + 1 where _key = (select _key from _rollup_%1$s limit 1)"
                            .formatted(name));
            var drifted = recomputed(connection, audits, project, rollup);

            assertThat(sound).extracting(each -> each.share().number()).doesNotHaveDuplicates();
            assertThat(sound).hasSize(SHARES).noneMatch(Recomputed::isSuspect);
            assertThat(drifted)
                    .hasSize(SHARES)
                    .filteredOn(Recomputed::isSuspect)
                    .hasSize(1);
            for (var each : drifted) {
                assertThat(audits.settle(connection, project.project(), rollup, each))
                        .isEqualTo(each.isSuspect());
            }
            connection.commit();
            assertThat(value(database, project, "select sum(_count) from _rollup_" + name))
                    .isEqualTo(String.valueOf(EVENTS));
        }
    }

    @Test
    void nothingIsAuditedWhileManyEventsWait(PostgresAddress database) throws SQLException {
        var shop = Shop.open(engine);
        rollUp(shop, BY_COUNTRY);
        awaitCurrent(shop, "clicks_by_country");
        execute(database, shop, "update _rollup set position = 0, retry_at = 'infinity'");
        try (var connection = connect(database, shop)) {
            var rollup = rollup(connection, "clicks_by_country");

            var few = audits(engine, new AuditLimits(1, 6)).recompute(connection, shop.project(), rollup, 0, 0);
            connection.commit();
            var many = audits(engine, new AuditLimits(1, 5)).recompute(connection, shop.project(), rollup, 0, 0);
            connection.commit();

            assertThat(few).isPresent();
            assertThat(many).isEmpty();
        }
    }

    private static Connection connect(PostgresAddress database, TestProject project) throws SQLException {
        var connection = project.connect(database);
        connection.setAutoCommit(false);
        return connection;
    }

    private Rollup rollup(Connection connection, String name) throws SQLException {
        var all = new DefinitionStore(engine.engine().questions()).all(connection);
        connection.commit();
        return all.stream()
                .filter(rollup -> rollup.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Every part of the bucket. */
    private static List<Recomputed> recomputed(
            Connection connection, AuditStore audits, TestProject project, Rollup rollup) throws SQLException {
        var all = new ArrayList<Recomputed>();
        for (int share = 0; share < SHARES; share++) {
            all.add(audits.recompute(connection, project.project(), rollup, 1, share / (double) SHARES)
                    .orElseThrow());
            connection.commit();
        }
        return all;
    }

    private static Map<String, Object> input(String name, List<Map<String, Object>> measures) {
        return Map.of(
                "name",
                name,
                "collection",
                "visit",
                "dimensions",
                DIMENSIONS,
                "bucket",
                Map.of("unit", "DAY"),
                "measures",
                measures);
    }

    private static Event[] visits(Random random) {
        return Stream.generate(() -> visit(random)).limit(EVENTS).toArray(Event[]::new);
    }

    private static Event visit(Random random) {
        var place = "é".repeat(List.of(0, 3, 169, 201, 500).get(random.nextInt(5))) + random.nextInt(9);
        return Event.of("visit")
                .at(NOON)
                .with("place", random.nextInt(5) == 0 ? null : place)
                .with("number", random.nextInt(5) == 0 ? null : random.nextLong(4))
                .with("flag", random.nextBoolean())
                .with(
                        "day",
                        NOON.plusSeconds(random.nextInt(3) * 86_400L).toString().substring(0, 10));
    }
}
