package dev.tidemark.rollups;

import static dev.tidemark.rollups.Shop.BY_COUNTRY;
import static dev.tidemark.rollups.Shop.awaitReady;
import static dev.tidemark.rollups.Shop.click;
import static dev.tidemark.rollups.Shop.rollUp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Texts that are too long for the key of a rollup's rows. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LongDimensionsTest {

    private static final String LONG = "ü".repeat(201);
    private static final String OTHER = "ü".repeat(200) + "x";
    private static final String COUNT = "measures: {measure: COUNT}";

    @AutoClose
    private TestEngine engine;

    private TestProject shop;

    @BeforeAll
    void rollLongTextsUp(PostgresAddress database) {
        engine = TestEngine.start(database, Shop.SETTINGS, Optional.empty());
        shop = engine.project();
        shop.collect(click(0, LONG, 1), click(1, LONG, 2), click(2, OTHER, 4), click(3, "CH", 8));
        rollUp(shop, BY_COUNTRY);
        awaitReady(shop, COUNT, "clicks_by_country");
    }

    @Test
    void areFoundByTheirWholeValue() {
        for (var condition : List.of("eq: \"" + LONG + '"', "in: [\"" + LONG + "\", \"DE\"]")) {
            var where = "where: {property: {name: \"country\", " + condition + "}}";

            assertThat(rollup(where)).contains("count=2", "servedFrom=ROLLUP", "isExact=true");
            assertThat(collection(where)).contains("count=2", "servedFrom=ROLLUP");
        }
        var filtered = "{measure: COUNT, where: {property: {name: \"country\", ne: \"" + LONG + "\"}}}";
        assertThat(ask("clicks_by_country", "measures: " + filtered)).contains("count=2", "isExact=true");
    }

    @Test
    void areGroupedByTheirWholeValueInTheCollection() {
        var group = "groupBy: {property: \"country\"}";

        assertThat(collection(group)).contains("country=" + LONG + "}", "country=" + OTHER + "}", "servedFrom=RAW");
        assertThat(rollup(group)).doesNotContain(LONG).contains("isExact=false");
        assertThat(collection(group + ", where: {property: {name: \"country\", eq: \"CH\"}}"))
                .contains("servedFrom=ROLLUP", "isExact=true");
    }

    @Test
    void areNotSaidToBeTheGreatestByTheirBeginning() {
        assertThat(ask("click", "measures: {measure: MAX, of: \"country\"}")).contains(LONG, "servedFrom=RAW");
        assertThat(ask("clicks_by_country", "measures: {measure: MAX, of: \"country\"}"))
                .contains("isExact=false");
    }

    @Test
    void areNotSaidToHaveBeenTheGreatestByTheirBeginning() {
        var afterwards = "{property: {name: \"_time\", gte: \"2026-01-05T13:00:00Z\", lt: \"2026-01-05T14:00:00Z\"}}";

        assertThat(ask(
                        "clicks_by_country",
                        "measures: {measure: MAX, of: \"country\"}, compare: PREVIOUS_PERIOD, where: " + afterwards))
                .contains("isExact=false");
    }

    @Test
    void areNotSearchedBeyondWhatIsKept() {
        for (var condition : List.of("contains: \"x\"", "startsWith: \"" + OTHER + '"', "lt: \"" + LONG + '"')) {
            var where = "where: {property: {name: \"country\", " + condition + "}}";

            assertThat(rollup(where)).as(condition).contains("isExact=false");
            assertThat(collection(where)).as(condition).contains("servedFrom=RAW", "isExact=true");
        }
        assertThat(rollup("where: {property: {name: \"country\", startsWith: \"ü\"}}"))
                .contains("count=3", "isExact=true");
    }

    private String rollup(String more) {
        return ask("clicks_by_country", COUNT + ", " + more);
    }

    private String collection(String more) {
        return ask("click", COUNT + ", " + more);
    }

    private String ask(String collection, String arguments) {
        return shop.query("{ aggregate(collection: \"" + collection + "\", " + arguments
                        + ") { rows { group measures } freshness { servedFrom isExact } } }")
                .toString();
    }
}
