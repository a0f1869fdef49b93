package dev.tidemark.rollups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.spi.Event;
import dev.tidemark.testkit.TestEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

    @Test
    void sqlUnitesWhatTheServerMadeWithWhatItMakesItself() throws SQLException {
        try (var postgres = InstalledPostgres.start();
                var sql = postgres.connect()) {
            assumeTrue(
                    value(sql, "select count(*) from pg_available_extensions where name = 'hll'")
                            .equals("1"),
                    "The PostgreSQL on this machine has no extension hll: Debian has it as postgresql-15-hll.");
            try (var statement = sql.createStatement()) {
                statement.execute("create extension hll schema public");
            }
            try (var engine = TestEngine.start(postgres.address())) {
                var project = engine.project();
                project.collect(IntStream.range(0, 5_000)
                        .mapToObj(i -> Event.of("visit")
                                .with("page", i % 100 == 0 ? "rare" : i % 7 == 0 ? "some" : "often")
                                .with("device", "d" + i % 2_000)
                                .with("number", (long) i * i - 100))
                        .toArray(Event[]::new));
                assertThat(project.query(CREATE).toString()).contains("userErrors=[]");
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> project.query("{ rollup(name: \"visitors\") { state { lag } } }")
                                .equals(Map.of("rollup", Map.of("state", Map.of("lag", "PT0S")))));
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

    private static String value(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
