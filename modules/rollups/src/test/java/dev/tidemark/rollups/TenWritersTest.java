package dev.tidemark.rollups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ten writers on two nodes send events of all times, whose commits overtake one another, while they are rolled up. */
@ExtendWith(PostgresExtension.class)
class TenWritersTest {

    private static final int ROUNDS = Integer.getInteger("tidemark.rounds", 3);
    private static final int WRITERS = 10;
    private static final int BATCHES = 4;
    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    /** So many windows, and so many audits, that they meet. */
    private static final Map<String, String> SETTINGS = Map.of(
            "rollups.window-events",
            "50",
            "rollups.every",
            "PT0.1S",
            "rollups.audit-every",
            "PT0.05S",
            "rollups.audit-rest",
            "0");

    private static final String CREATE = """
            mutation {
              createRollup(input: {
                name: "fine", collection: "click", dimensions: ["kind"], bucket: {unit: MINUTE, every: 5}
                measures: [
                  {measure: AVG, of: "amount"} {measure: MIN, of: "amount"} {measure: MAX, of: "device"}
                  {measure: DISTINCT, of: "device"} {measure: TOP, of: "device"}
                ]
              }) { userErrors { message } }
              daily: createRollup(input: {
                name: "daily", collection: "click", bucket: {unit: DAY, zone: "Asia/Kolkata"}
                measures: [{measure: AVG, of: "amount"} {measure: MIN, of: "amount"} {measure: MAX, of: "device"}]
              }) { userErrors { message } }
              made: createRollup(input: {
                name: "made", collection: "click", cascade: "fine", dimensions: ["kind"], bucket: {unit: DAY, zone: "Asia/Kolkata"}
                measures: [
                  {measure: AVG, of: "amount"} {measure: MIN, of: "amount"} {measure: MAX, of: "device"}
                  {measure: DISTINCT, of: "device"} {measure: TOP, of: "device"}
                ]
              }) { userErrors { message } }
            }
            """;

    @Test
    void everyBucketEqualsWhatTheEventsMakeWhoeverLeads(PostgresAddress database) throws Exception {
        var leader = start(database);
        var shop = leader.project();
        shop.collect(click(new Random(0)));
        assertThat(shop.query(CREATE).toString()).doesNotContain("message");
        for (int round = 1; round <= ROUNDS; round++) {
            var next = start(database);
            write(List.of(at(leader, shop), at(next, shop)), round);
            leader.close();
            leader = next;
        }
        try (var last = leader;
                var sql = at(last, shop).connect(database)) {
            var project = at(last, shop);
            awaitCurrent(sql);

            assertThat(value(sql, "select sum(_count) from _rollup_fine"))
                    .isEqualTo(Integer.toString(1 + ROUNDS * WRITERS * BATCHES * BATCHES));
            assertThat(value(sql, difference("date_bin('5 minutes', _time, 'epoch')", "kind,", "_rollup_fine")))
                    .isEqualTo("0");
            assertThat(value(sql, difference("date_trunc('day', _time, 'Asia/Kolkata')", "", "_rollup_daily")))
                    .isEqualTo("0");
            assertThat(value(sql, difference("date_trunc('day', _time, 'Asia/Kolkata')", "kind,", "_rollup_made")))
                    .isEqualTo("0");
            // of few values sketches are exact
            assertThat(devices(project, "fine", "APPROXIMATE_DISTINCT"))
                    .isEqualTo(devices(project, "made", "APPROXIMATE_DISTINCT"))
                    .isEqualTo(devices(project, "click", "DISTINCT"));
            assertThat(value(sql, "select sum(drifted) from _rollup")).isEqualTo("0");
        }
    }

    private static TestEngine start(PostgresAddress database) {
        return TestEngine.start(database, SETTINGS, Optional.empty());
    }

    private static TestProject at(TestEngine node, TestProject project) {
        return new TestProject(node.engine(), project.project(), project.caller());
    }

    private static void write(List<TestProject> nodes, int round) throws Exception {
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            var writers = IntStream.range(0, WRITERS)
                    .<Callable<Boolean>>mapToObj(writer -> () -> {
                        var random = new Random(round * WRITERS + writer);
                        for (int batch = 0; batch < BATCHES; batch++) {
                            nodes.get(writer % nodes.size())
                                    .collect(Stream.generate(() -> click(random))
                                            .limit(BATCHES)
                                            .toArray(Event[]::new));
                        }
                        return true;
                    })
                    .toList();
            for (var written : threads.invokeAll(writers)) {
                assertThat(written.get()).isTrue();
            }
        }
    }

    private static Event click(Random random) {
        return Event.of("click")
                .at(NOON.plusSeconds(random.nextInt(1_800) - (random.nextInt(4) == 0 ? 200_000 : 0)))
                .with("kind", random.nextInt(5) == 0 ? null : "k" + random.nextInt(3))
                .with("amount", (long) random.nextInt(1_000))
                .with("device", "d" + random.nextInt(100));
    }

    private static void awaitCurrent(Connection sql) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(value(sql, """
                        select string_agg(
                            name || ' ' || coalesce(last_error, (select max(position) from _commit) - position || ' behind'),
                            ', ' order by name)
                        from _rollup
                        where cascade is null and not exists (select from _rollup_stale)
                        """)).isEqualTo("daily 0 behind, fine 0 behind"));
    }

    private static String devices(TestProject project, String collection, String measure) {
        return project.query("""
                { aggregate(collection: "%s", groupBy: {property: "kind"}, measures: [
                    {measure: %s, of: "device", as: "devices"} {measure: TOP, of: "device", n: 20, as: "top"}
                ]) { rows { group measures } } }
                """.formatted(collection, measure)).toString();
    }

    /** How many rows are in the rollup and not made by the events, or the other way round. */
    private static String difference(String bucket, String dimensions, String rollup) {
        return """
                with made as (
                    select %1$s, %2$s count(*), sum(amount), count(amount), min(amount), max(device collate "C")
                    from click
                    group by %1$s, %2$s ()
                ), kept as (
                    select _time, %2$s _count, _sum_amount, _number_amount, _least_amount, _greatest_device
                    from %3$s
                )
                select count(*)
                from ((table made except all table kept) union all (table kept except all table made)) as different
                """.formatted(bucket, dimensions, rollup);
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
