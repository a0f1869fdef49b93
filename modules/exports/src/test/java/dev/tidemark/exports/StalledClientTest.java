package dev.tidemark.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Scope;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestSite;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class StalledClientTest {

    @Test
    void aClientThatTakesNothingAnyMoreLosesItsPlace(PostgresAddress database) throws IOException {
        var settings = Map.of("exports.at-once", "1", "exports.patience", "PT1S");
        try (var engine = TestEngine.start(database, settings, Optional.empty());
                var site = TestSite.start(engine.engine())) {
            var project = engine.project();
            project.collect(Event.of("small"));
            project.collect(IntStream.range(0, 20_000)
                    .mapToObj(i -> Event.of("large").with("text", "x".repeat(1_000)))
                    .toArray(Event[]::new));
            var key = project.key(Scope.READ);
            var large = request(site, key, "large");

            try (var body = site.open(large).body()) {
                body.readNBytes(1_000);
                assertThat(site.send(request(site, key, "small")).statusCode()).isEqualTo(503);

                await().atMost(Duration.ofMinutes(1))
                        .until(() -> site.send(request(site, key, "small")).statusCode() == 200);
            }
        }
    }

    private static HttpRequest.Builder request(TestSite site, String key, String collection) {
        return HttpRequest.newBuilder(site.uri("/export?collection=" + collection))
                .header("X-API-Key", key);
    }
}
