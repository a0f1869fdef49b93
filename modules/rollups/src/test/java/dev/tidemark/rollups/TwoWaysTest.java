package dev.tidemark.rollups;

import static dev.tidemark.rollups.Shop.awaitCurrent;
import static dev.tidemark.rollups.Shop.measure;
import static dev.tidemark.rollups.Shop.rollUp;
import static dev.tidemark.rollups.Shop.value;
import static dev.tidemark.rollups.Shop.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** SQL groups the events of a rollup without sketches, this program those of one with them. */
@ExtendWith(PostgresExtension.class)
class TwoWaysTest {

    private static final List<String> DIMENSIONS = List.of("place", "number", "flag", "day");
    private static final List<Map<String, Object>> EXACT =
            List.of(measure("AVG", "number"), measure("MIN", "at"), measure("MAX", "place"));

    @Test
    void rowsAreTheSameWhetherSqlGroupsTheEventsOrThisProgram(PostgresAddress database) throws SQLException {
        try (var engine = TestEngine.start(database, Shop.SETTINGS, Optional.empty())) {
            var project = engine.project();
            var random = new Random(11);
            project.collect(visits(random));

            rollUpTwice(project, "minute", Map.of("unit", "MINUTE", "every", 20));
            rollUpTwice(project, "hour", Map.of("unit", "HOUR"));
            rollUpTwice(project, "day", Map.of("unit", "DAY", "zone", "America/St_Johns"));
            project.collect(visits(random));

            for (var name : List.of("minute", "hour", "day")) {
                awaitCurrent(project, name);
                awaitCurrent(project, name + "_sketched");
                assertThat(value(database, project, differences(name))).as(name).isEqualTo("0");
                assertThat(value(database, project, "select sum(_count) from _rollup_" + name))
                        .isEqualTo("400");
            }
        }
    }

    /** Rows of another come from PostgreSQL in no order. */
    @Test
    void soundBucketsOfARollupThatIsMadeOfAnotherAreNotSuspected(PostgresAddress database) throws SQLException {
        try (var engine = TestEngine.start(database, Shop.SETTINGS, Optional.empty())) {
            var project = engine.project();
            project.collect(visits(new Random(12)));
            rollUpTwice(project, "fine", Map.of("unit", "MINUTE", "every", 20));
            rollUp(
                    project,
                    Map.of(
                            "name",
                            "made",
                            "collection",
                            "visit",
                            "cascade",
                            "fine_sketched",
                            "dimensions",
                            List.of("number", "flag", "day"),
                            "bucket",
                            Map.of("unit", "DAY"),
                            "measures",
                            List.of(measure("DISTINCT", "place"))));

            await().atMost(Duration.ofMinutes(1))
                    .until(() -> value(database, project, "select audited > 9 from _rollup where name = 'made'")
                            .equals("t"));
            assertThat(value(database, project, "select sum(drifted) from _rollup"))
                    .isEqualTo("0");
        }
    }

    private static void rollUpTwice(TestProject project, String name, Map<String, Object> bucket) {
        Map<String, Object> input = Map.of(
                "name", name, "collection", "visit", "dimensions", DIMENSIONS, "bucket", bucket, "measures", EXACT);
        var both = Stream.concat(EXACT.stream(), Stream.of(measure("DISTINCT", "place")));
        rollUp(project, input);
        rollUp(project, with(with(input, "measures", both.toList()), "name", name + "_sketched"));
    }

    private static Event[] visits(Random random) {
        return Stream.generate(() -> visit(random)).limit(200).toArray(Event[]::new);
    }

    /** Of a time around that at which PostgreSQL's begins. */
    private static Event visit(Random random) {
        var time = Instant.parse("2000-01-01T00:00:00Z").plusNanos(random.nextLong(-10, 10) * 1_234_567_890_123_000L);
        var length = List.of(0, 3, 168, 169, 200, 201, 500).get(random.nextInt(7));
        return Event.of("visit")
                .at(time)
                .with(
                        "place",
                        random.nextInt(5) == 0
                                ? null
                                : List.of("x", "ü", "😀").get(random.nextInt(3)).repeat(length))
                .with("number", random.nextInt(5) == 0 ? null : random.nextLong(-2, 2))
                .with("flag", random.nextInt(5) == 0 ? null : random.nextBoolean())
                .with(
                        "day",
                        random.nextInt(5) == 0
                                ? null
                                : LocalDate.of(1999, 12, 30)
                                        .plusDays(random.nextInt(3))
                                        .toString())
                .with("at", time.plusSeconds(random.nextInt(3)).toString());
    }

    private static String differences(String name) {
        var columns =
                "_time, place, number, flag, day, _count, _sum_number, _number_number, _least_at, _greatest_place, _key";
        return """
                with one as (select %1$s from _rollup_%2$s), other as (select %1$s from _rollup_%2$s_sketched)
                select count(*)
                from ((table one except all table other) union all (table other except all table one)) as different
                """.formatted(columns, name);
    }
}
