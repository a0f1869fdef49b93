package dev.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HealthTest {

    private TestServer server;

    @BeforeAll
    void start(PostgresAddress database) {
        server = TestServer.start(database);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void aRunningServerIsAliveAndReady() {
        assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsAreReadByPrometheus() {
        server.get("/health/live");

        var metrics = server.get("/metrics");

        assertThat(metrics.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(metrics.body()).contains("http_requests_seconds_count{route=\"/health\"");
    }

    @Test
    void whatWasStoredIsCountedByItsSource() {
        var key = server.createProject("counted").write();
        var events =
                "[{\"collection\": \"a\", \"messageId\": \"1\"}, {\"collection\": \"a\", \"messageId\": \"1\"}, {}]";

        var before = server.get("/metrics").body();
        server.post("/collect", events, "Content-Type", "application/json", "X-API-Key", key);
        var after = server.get("/metrics").body();

        for (var series : List.of(
                "ingest_events_total{outcome=\"stored\",scope=\"application\",source=\"collect\",}",
                "ingest_events_total{outcome=\"duplicate\",scope=\"application\",source=\"collect\",}",
                "ingest_events_total{outcome=\"refused\",scope=\"application\",source=\"collect\",}",
                "ingest_commits_seconds_count{scope=\"application\",}")) {
            assertThat(value(after, series) - value(before, series)).as(series).isEqualTo(1);
        }
        assertThat(value(after, "ingest_queue_events{scope=\"application\",}")).isZero();
    }

    @Test
    void whatQuestionsTakeOfTheDatabaseIsCounted() {
        var lent = "database_connections_lent_total{pool=\"main\",scope=\"application\",}";
        server.createProject("lent");

        var before = value(server.get("/metrics").body(), lent);
        server.ask("lent", "{ deadLetters { nodes { id } } }");
        var after = server.get("/metrics").body();

        assertThat(value(after, lent)).isGreaterThan(before);
        assertThat(value(after, "database_connections_waited_for{pool=\"main\",scope=\"application\",}"))
                .isZero();
    }

    /** Zero before something was counted. */
    private static double value(String metrics, String series) {
        return metrics.lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .findFirst()
                .orElse(0);
    }

    @ParameterizedTest
    @CsvSource({"/collect, POST", "/metrics, GET", "/health/ready, GET", "/import/some-id, GET", "/import, 'GET, POST'"
    })
    void aWrongMethodIsToldTheRightOne(String path, String allowed) {
        var answer = server.send(HttpRequest.newBuilder(server.uri(path)).DELETE());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue(allowed);
        assertThat(answer.body()).contains("use " + allowed);
    }

    @Test
    void aFileIsTakenInTheEncodingsThatAnImportReads() {
        var key = server.createProject("files").write();

        for (var encoding : List.of("Identity", "ZSTD", "X-GZIP")) {
            assertThat(importOf(key, encoding).body()).as(encoding).contains("\"finished\":true");
        }
        assertThat(importOf(key, "br").statusCode()).isEqualTo(415);
        assertThat(importOf(key, "br").body()).contains("gzip or zstd");
    }

    private HttpResponse<String> importOf(String key, String encoding) {
        var path = "/import?collection=a&id=" + encoding;
        return server.post(path, "a\n1\n", "X-API-Key", key, "Content-Encoding", encoding);
    }

    @Test
    void thePagesAreFoundWhereverAProxyHasPutThem() {
        var root = server.get("/");

        assertThat(root.statusCode()).isEqualTo(302);
        assertThat(root.headers().firstValue("Location")).hasValue("graphiql/");
        assertThat(server.get("/graphiql").headers().firstValue("Location")).hasValue("graphiql/");
        assertThat(server.get("/live").headers().firstValue("Location")).hasValue("live/");
        assertThat(server.get("/live/").statusCode()).isEqualTo(200);
    }

    @Test
    void graphiqlMayAskNobodyElse() {
        var page = server.get("/graphiql/");

        assertThat(page.body()).contains("<title>Tidemark");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'self';")
                .endsWith("frame-ancestors 'none'");
    }

    @Test
    void whatIsNotThereIsAProblem() {
        var answer = server.get("/colect");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body())
                .contains("\"status\":404", "There is nothing at /colect. Did you mean \\\"/collect\\\"?");
    }
}
