package dev.tidemark.rollups;

import static dev.tidemark.rollups.Shop.NOON;
import static dev.tidemark.rollups.Shop.awaitCurrent;
import static dev.tidemark.rollups.Shop.click;
import static dev.tidemark.rollups.Shop.execute;
import static dev.tidemark.rollups.Shop.rollUp;
import static dev.tidemark.rollups.Shop.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.rollups.progress.ProgressStore;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a rollup says of people of whom the events have expired. */
@Timeout(60)
@ExtendWith(PostgresExtension.class)
class ExpiredPeopleTest {

    private static final Instant GONE = NOON.plus(Duration.ofHours(12));

    @Test
    void peopleWhoTurnOutToBeOneAfterTheirEventsExpiredAreNotSaidToBeCountedExactly(PostgresAddress database)
            throws SQLException {
        var who = new WhoModule();
        try (var engine = TestEngine.start(database, Shop.SETTINGS, Optional.empty(), who)) {
            var shop = engine.project();
            shop.collect(
                    click(20, "CH", 1.0).by("ann"),
                    click(30, "CH", 1.0).by("bob"),
                    click(90_000, "CH", 1.0).by("cyd"));
            rollUp(
                    shop,
                    Map.of(
                            "name",
                            "people",
                            "collection",
                            "click",
                            "dimensions",
                            List.of("_person"),
                            "bucket",
                            Map.of("unit", "DAY")));
            awaitCurrent(shop, "people");
            expire(database, shop);
            assertThat(asked(shop, "{measure: DISTINCT, of: \"_person\", as: \"n\"}", ""))
                    .contains("n=3", "isExact=true");

            who.begin(shop.project());
            who.is(shop.project(), "bob", "ann");
            awaitFound(database, shop);

            assertThat(asked(shop, "{measure: DISTINCT, of: \"_person\", as: \"n\"}", ""))
                    .contains("n=3", "isExact=false");
            assertThat(asked(shop, "{measure: COUNT, as: \"n\"}", "groupBy: {property: \"_person\"}"))
                    .contains("isExact=false");
            assertThat(asked(
                            shop, "{measure: COUNT, as: \"n\"}", "where: {property: {name: \"_person\", eq: \"ann\"}}"))
                    .contains("n=1", "isExact=false");
            assertThat(asked(shop, "{measure: COUNT, as: \"n\"}", "")).contains("n=3", "isExact=true");
            assertThat(asked(
                            shop,
                            "{measure: DISTINCT, of: \"_person\", as: \"n\"}",
                            "where: {property: {name: \"_time\", gte: \"" + GONE + "\"}}"))
                    .contains("n=1", "isExact=true");
        }
    }

    private static void expire(PostgresAddress database, TestProject shop) throws SQLException {
        try (var connection = shop.connect(database)) {
            assertThat(new ProgressStore().release(connection, "click", GONE)).isTrue();
        }
        execute(database, shop, "delete from click where _time < '" + GONE + "'");
    }

    private static void awaitFound(PostgresAddress database, TestProject shop) {
        await().until(() -> value(
                        database,
                        shop,
                        "select exists (select from _rollup_person) or exists (select from _rollup_stale)")
                .equals("f"));
    }

    private static String asked(TestProject shop, String measure, String more) {
        return shop.query("""
                { aggregate(collection: "people", measures: %s %s) { rows { measures } freshness { isExact } } }
                """.formatted(measure, more)).toString();
    }
}
