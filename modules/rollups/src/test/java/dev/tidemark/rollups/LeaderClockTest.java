package dev.tidemark.rollups;

import static dev.tidemark.rollups.Shop.awaitCurrent;
import static dev.tidemark.rollups.Shop.click;
import static dev.tidemark.rollups.Shop.execute;
import static dev.tidemark.rollups.Shop.measure;
import static dev.tidemark.rollups.Shop.rollUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.rollups.who.WhoModule;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class LeaderClockTest {

    @Test
    void peopleWhoTurnOutToBeOneAreCountedOnceByALeaderWhoseClockWasSetBack(PostgresAddress database)
            throws SQLException {
        var ahead = new AtomicReference<>(Duration.ofHours(1));
        var clock = ((InstantSource) () -> Instant.now().plus(ahead.get())).withZone(ZoneOffset.UTC);
        var who = new WhoModule();
        try (var engine = TestEngine.start(database, clock, who)) {
            var shop = Shop.open(engine);
            shop.collect(
                    click(20, "CH", 1.0).by("ann"),
                    click(30, "CH", 1.0).by("bob"),
                    click(40, "CH", 1.0).by("carl"));
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
            execute(database, shop, RollupLifeTest.NOT_AUDITED);
            who.is(shop.project(), "carl", "ann");
            awaitPeople(shop, 2);
            ahead.set(Duration.ZERO);

            who.is(shop.project(), "bob", "ann");

            awaitPeople(shop, 1);
        }
    }

    /** Their events may be gone. */
    @Test
    void bucketsThatAreStillKeptAreNotDroppedByALeaderWhoseClockIsAhead(PostgresAddress database) {
        var clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));
        var settings = Map.of("rollups.audit-every", "200ms");
        try (var engine = TestEngine.start(database, settings, Optional.empty(), clock)) {
            var shop = Shop.open(engine);
            var hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
            rollUp(
                    shop,
                    Map.of("name", "lately", "collection", "click", "bucket", Map.of("unit", "HOUR"), "keep", "P1D"));

            await().untilAsserted(() -> assertThat(shop.query("{ rollup(name: \"lately\") { state { keptFrom } } }")
                            .toString())
                    .contains("keptFrom=" + hour.minus(Duration.ofHours(25))));
        }
    }

    private static void awaitPeople(TestProject shop, int expected) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(shop.query("""
                        { aggregate(
                          collection: "people", measures: {measure: APPROXIMATE_DISTINCT, of: "_person", as: "n"}
                        ) { rows { measures } } }
                        """).toString()).contains("n=" + expected));
    }
}
