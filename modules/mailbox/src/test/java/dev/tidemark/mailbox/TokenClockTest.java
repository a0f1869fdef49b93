package dev.tidemark.mailbox;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith(PostgresExtension.class)
class TokenClockTest {

    @Test
    void oldTokensEndOnANodeWhoseClockWasSetBackToo(PostgresAddress database) {
        var ahead = new AtomicReference<>(Duration.ofMinutes(30));
        var clock = ((InstantSource) () -> Instant.now().plus(ahead.get())).withZone(ZoneOffset.UTC);
        try (var engine = TestEngine.start(database);
                var set = TestEngine.start(database, clock)) {
            var shop = engine.project();
            var theirs = new TestProject(set.engine(), shop.project(), shop.caller());
            var token = Post.token(shop, "ada");
            Post.with(theirs, token);
            ahead.set(Duration.ZERO);

            shop.query("mutation { rotateCustomerTokens(input: {}) { oldTokensEndAt } }");

            await().untilAsserted(() ->
                    assertThatThrownBy(() -> Post.with(theirs, token)).hasMessageContaining("revoked"));
        }
    }
}
