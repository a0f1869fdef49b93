package dev.tidemark.rollups;

import static dev.tidemark.rollups.Shop.PEOPLE;
import static dev.tidemark.rollups.Shop.answered;
import static dev.tidemark.rollups.Shop.awaitCurrent;
import static dev.tidemark.rollups.Shop.awaitPeople;
import static dev.tidemark.rollups.Shop.awaitReady;
import static dev.tidemark.rollups.Shop.click;
import static dev.tidemark.rollups.Shop.execute;
import static dev.tidemark.rollups.Shop.rollUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.rollups.who.WhoModule;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.SetClock;
import dev.tidemark.testkit.TestEngine;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class LeaderClockTest {

    @Test
    void peopleWhoTurnOutToBeOneAreCountedOnceByALeaderWhoseClockWasSetBack(PostgresAddress database)
            throws SQLException {
        var clock = new SetClock(Duration.ofHours(1));
        var who = new WhoModule();
        try (var engine = TestEngine.start(database, clock.utc(), who)) {
            var shop = Shop.open(engine);
            shop.collect(
                    click(20, "CH", 1.0).by("ann"),
                    click(30, "CH", 1.0).by("bob"),
                    click(40, "CH", 1.0).by("carl"));
            who.begin(shop.project());
            rollUp(shop, PEOPLE);
            awaitCurrent(shop, "people");
            execute(database, shop, RollupLifeTest.NOT_AUDITED);
            who.is(shop.project(), "carl", "ann");
            awaitPeople(shop, 2);
            clock.setRight();

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

    @Test
    void bucketsThatALeaderWithAnotherClockHasDroppedAreAnsweredFromEvents(PostgresAddress database)
            throws SQLException {
        try (var engine = TestEngine.start(database)) {
            var shop = Shop.open(engine);
            var hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
            var before = hour.minus(Duration.ofHours(2));
            shop.collect(Event.of("click").at(before), Event.of("click").at(hour));
            rollUp(shop, Map.of("name", "all", "collection", "click", "bucket", Map.of("unit", "HOUR"), "keep", "P1D"));
            var lately = "measures: {measure: COUNT}, where: {property: {name: \"_time\", gte: \"" + before + "\"}}";
            awaitReady(shop, lately, "all");
            assertThat(answered(shop, lately)).contains("servedFrom=ROLLUP", "count=2");

            try (var connection = shop.connect(database);
                    var statement = connection.createStatement()) {
                statement.execute("update _rollup set kept_from = '" + hour + "'");
                statement.execute("delete from _rollup_all where _time < '" + hour + "'");
            }

            assertThat(answered(shop, lately)).contains("servedFrom=RAW", "count=2");
        }
    }
}
