package dev.tidemark.beacon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.Scope;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.SetClock;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import dev.tidemark.testkit.TestSite;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class OriginClockTest {

    @Test
    void pagesThatMaySendNoMoreAreRefusedOnANodeWhoseClockWasSetBackToo(PostgresAddress database) {
        var clock = new SetClock(Duration.ofHours(1));
        try (var engine = TestEngine.start(database);
                var set = TestEngine.start(database, clock.utc());
                var site = TestSite.start(set.engine())) {
            var shop = engine.project();
            allow(shop, "https://shop.example");
            assertThat(beacon(site, shop)).isEqualTo(204);
            clock.setRight();

            allow(shop, "https://other.example");

            await().untilAsserted(() -> assertThat(beacon(site, shop)).isEqualTo(403));
        }
    }

    private static void allow(TestProject shop, String origin) {
        shop.query("""
                mutation { setAllowedOrigins(input: {origins: ["%s"]}) { userErrors { message } } }
                """.formatted(origin));
    }

    private static int beacon(TestSite site, TestProject shop) {
        return site.post(
                        "/beacon?key=" + shop.key(Scope.WRITE),
                        "{\"collection\": \"page left\"}",
                        "Origin",
                        "https://shop.example")
                .statusCode();
    }
}
