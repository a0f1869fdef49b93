package dev.tidemark.rollups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.spi.Event;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sketches are the same whether the server makes them or SQL with the extension postgresql-hll. */
class PostgresqlHllTest {

    private static final String CREATE = """
            mutation {
              createRollup(input: {
                name: "visitors", collection: "visit", dimensions: ["page"], bucket: {unit: HOUR}
                measures: [{measure: DISTINCT, of: "device"}, {measure: DISTINCT, of: "number"}]
              }) { userErrors { message } }
            }
            """;

    private static final String ASK = """
            { aggregate(collection: "visitors", groupBy: {property: "page"}, measures: [
              {measure: COUNT}
              {measure: APPROXIMATE_DISTINCT, of: "device", as: "devices"}
              {measure: APPROXIMATE_DISTINCT, of: "number", as: "numbers"}
              {measure: APPROXIMATE_DISTINCT, of: "number", as: "late"
                where: {property: {name: "_time", gte: "2026-01-05T13:00:00Z"}}}
            ]) { rows { group measures } freshness { servedFrom }
            """;

    private static final String UNITED = "\"odd \"\"name\".hll_union_agg(";

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    @Test
    void sqlUnitesWhatTheServerMadeWithWhatItMakesItself() throws SQLException {
        try (var postgres = InstalledPostgres.start();
                var sql = postgres.connect()) {
            requireExtension(sql);
            execute(sql, "create extension hll schema public");
            try (var engine = TestEngine.start(postgres.address())) {
                var project = rolledUp(engine);
                sql.setSchema(project.project().slug());

                for (var column : List.of("device", "number")) {
                    assertThat(value(sql, """
                            with server as (
                                select page, public.hll_union_agg(_distinct_%1$s::public.hll) as sketch
                                from _rollup_visitors
                                group by page
                            ), own as (
                                select page, public.hll_add_agg(public.hll_hash_%2$s(%1$s), 11, 5) as sketch
                                from visit
                                group by page
                            )
                            select bool_and(public.hll_cardinality(server.sketch) = public.hll_cardinality(own.sketch)
                                and public.hll_cardinality(public.hll_union(server.sketch, own.sketch))
                                    = public.hll_cardinality(own.sketch)) || ' ' || count(*)
                            from server
                            join own using (page)
                            """.formatted(column, column.equals("device") ? "text" : "bigint")))
                            .isEqualTo("true 3");
                }
            }
        }
    }

    /** Sketches of three hours, and events that are in none yet. */
    @Test
    void answersAreTheSameWhereTheDatabaseUnitesSketches() throws SQLException {
        try (var postgres = InstalledPostgres.start();
                var sql = postgres.connect()) {
            requireExtension(sql);
            try (var engine = TestEngine.start(postgres.address())) {
                var project = rolledUp(engine);
                sql.setSchema(project.project().slug());
                execute(sql, "update _rollup set retry_at = 'infinity'");
                project.collect(visits(4_000, 7_000));
                var merged = asked(project);
                assertThat(merged.toString()).contains("servedFrom=MIXED").doesNotContain(UNITED);

                execute(sql, "create schema \"odd \"\"name\"");
                execute(sql, "create extension hll schema \"odd \"\"name\"");
                var united = asked(project);
                execute(sql, "alter aggregate \"odd \"\"name\".hll_union_agg(\"odd \"\"name\".hll) rename to lost");
                var withoutAggregate = answer(project);
                execute(sql, "drop extension hll");
                var mergedAgain = asked(project);

                assertThat(united.toString()).contains(UNITED);
                assertThat(rows(united)).isEqualTo(rows(merged));
                assertThat(rows(withoutAggregate)).isEqualTo(rows(merged));
                assertThat(mergedAgain).isEqualTo(merged);
            }
        }
    }

    private static void requireExtension(Connection sql) throws SQLException {
        assumeTrue(
                value(sql, "select count(*) from pg_available_extensions where name = 'hll'")
                        .equals("1"),
                "The PostgreSQL on this machine has no extension hll: Debian has it as postgresql-15-hll.");
    }

    private static TestProject rolledUp(TestEngine engine) {
        var project = engine.project();
        project.collect(visits(0, 5_000));
        assertThat(project.query(CREATE).toString()).contains("userErrors=[]");
        // until it answers questions about the collection, too: a question amid that change may have to be asked again
        await().atMost(Duration.ofMinutes(1))
                .until(() -> project.query(
                                "{ aggregate(collection: \"visit\", measures: {measure: COUNT}) { freshness { servedFrom } } }")
                        .equals(Map.of("aggregate", Map.of("freshness", Map.of("servedFrom", "ROLLUP")))));
        return project;
    }

    private static Event[] visits(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Event.of("visit")
                        .at(NOON.plusSeconds(2L * i))
                        .with("page", i % 100 == 0 ? "rare" : i % 7 == 0 ? "some" : "often")
                        .with("device", "d" + i % 2_000)
                        .with("number", (long) i * i - 100))
                .toArray(Event[]::new);
    }

    private static Map<String, Object> asked(TestProject project) {
        return aggregate(project, ASK + " explain { sql } } }");
    }

    private static Map<String, Object> answer(TestProject project) {
        return aggregate(project, ASK + " } }");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> aggregate(TestProject project, String query) {
        return (Map<String, Object>) Objects.requireNonNull(project.query(query).get("aggregate"));
    }

    private static List<?> rows(Map<String, Object> aggregate) {
        var rows = (List<?>) Objects.requireNonNull(aggregate.get("rows"));
        assertThat(rows).hasSize(3);
        return rows;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
