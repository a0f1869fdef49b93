package dev.tidemark.rollups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.rollups.sketches.DistinctSketch;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.Markdown;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The dashboard of the README, about a clickstream, held against SQL on the events. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardTest {

    private static final int EVENTS = 20_000;
    private static final int BATCH = 2_000;
    private static final double WITHIN = 3 * DistinctSketch.ERROR;

    private final Instant now = Instant.parse("2026-01-08T12:00:00Z");
    private final Random random = new Random(3);
    private TestEngine engine;
    private TestProject shop;
    private Connection sql;

    @BeforeAll
    void fill(PostgresAddress database) throws SQLException {
        engine = TestEngine.start(database);
        shop = engine.project();
        sql = shop.connect(database);
        for (int from = 0; from < EVENTS; from += BATCH) {
            shop.collect(IntStream.range(0, BATCH).mapToObj(i -> click()).toArray(Event[]::new));
        }
        assertThat(shop.query(block("createRollup")).toString()).doesNotContain("message");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> shop.query("{ rollups { state { status lag } } }")
                                        .toString()
                                        .split("lag=PT0S")
                                        .length
                                == 3
                        && answer().findValuesAsText("servedFrom").stream().allMatch("ROLLUP"::equals));
        shop.collect(click(), click(), click());
    }

    @AfterAll
    void stop() throws SQLException {
        sql.close();
        engine.close();
    }

    @Test
    void itsNumbersAreThoseOfSql() throws SQLException {
        var answer = answer();

        for (int minutes : new int[] {5, 15}) {
            var recent = answer.at("/last%d/rows/0/measures".formatted(minutes));
            var where = "customer_id = 7 and _time >= '2026-01-08T12:00:00Z'::timestamptz - interval '%d minutes'"
                    .formatted(minutes);
            assertThat(recent.at("/count").asText()).isEqualTo(value("select count(*) from click where " + where));
            requireNear(recent.at("/devices"), "select count(distinct device_id) from click where " + where);
        }
        requireNear(
                answer.at("/week/rows/0/measures/sessions"),
                "select count(distinct session_id) from click where customer_id = 7 and _time >= '2026-01-01T12:00:00Z'");
        assertThat(answer.at("/hours/rows")).hasSize(48);
        assertThat(answer.at("/hours/rows").findValuesAsText("count"))
                .containsExactly(value("""
                        select string_agg(clicks::text, ',' order by hour)
                        from (
                            select hour, count(_id) as clicks
                            from generate_series(timestamptz '2026-01-06T12:00:00Z', '2026-01-08T11:00:00Z', '1 hour') as hour
                            left join click on date_bin('1 hour', _time, hour) = hour and customer_id = 7
                            group by hour
                        ) as hours
                        """).split(","));
        assertThat(answer.at("/top/rows/0/measures/devices/0/count").asText()).isEqualTo(value("""
                        select count(*)
                        from click
                        where customer_id = 7 and _time >= '2026-01-08T11:30:00Z'
                        group by device_id
                        order by count(*) desc
                        limit 1
                        """));
        assertThat(answer.findValuesAsText("servedFrom")).hasSize(5).allMatch(from -> !from.equals("RAW"));
    }

    private JsonNode answer() {
        return new ObjectMapper().valueToTree(shop.query(block("last5")));
    }

    private void requireNear(JsonNode estimate, String exact) throws SQLException {
        var count = Double.parseDouble(value(exact));
        assertThat(estimate.asDouble()).isCloseTo(count, within(WITHIN * count));
    }

    private Event click() {
        var ago = random.nextInt(3) == 0 ? random.nextInt(3_600) : random.nextInt(8 * 86_400);
        var customer = random.nextInt(4) == 0 ? 7L : random.nextInt(1_000);
        return Event.of("click")
                .at(now.minus(1 + ago, ChronoUnit.SECONDS))
                .with("customer_id", customer)
                .with("event_type", random.nextInt(4) == 0 ? "buy" : "click")
                .with("device_id", "d" + (long) (900 * Math.pow(random.nextDouble(), 3)))
                .with("session_id", "session-" + Long.toHexString(random.nextInt(4_000) * 0x9E3779B97F4A7C15L));
    }

    private static String block(String word) {
        return Markdown.blocks(Path.of("README.md"), "graphql").stream()
                .map(Markdown.Block::code)
                .filter(code -> code.contains(word) && code.contains("clicks_5m"))
                .findFirst()
                .orElseThrow();
    }

    private String value(String query) throws SQLException {
        try (var statement = sql.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
