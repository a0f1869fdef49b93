package dev.tidemark.mailbox;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.SetClock;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith(PostgresExtension.class)
class TokenClockTest {

    @Test
    void oldTokensEndOnANodeWhoseClockIsBehindToo(PostgresAddress database) {
        try (var engine = TestEngine.start(database);
                var slow = TestEngine.start(database, Clock.offset(Clock.systemUTC(), Duration.ofHours(-1)))) {
            var shop = engine.project();
            var theirs = new TestProject(slow.engine(), shop.project(), shop.caller());
            var token = Post.token(shop, "ada");
            Post.with(theirs, token);

            shop.query("mutation { rotateCustomerTokens(input: {grace: \"PT1S\"}) { oldTokensEndAt } }");

            awaitRevoked(theirs, token);
        }
    }

    @Test
    void oldTokensEndOnANodeWhoseClockWasSetBackToo(PostgresAddress database) {
        var clock = new SetClock(Duration.ofMinutes(30));
        try (var engine = TestEngine.start(database);
                var set = TestEngine.start(database, clock.utc())) {
            var shop = engine.project();
            var theirs = new TestProject(set.engine(), shop.project(), shop.caller());
            var token = Post.token(shop, "ada");
            Post.with(theirs, token);
            clock.setRight();

            shop.query("mutation { rotateCustomerTokens(input: {}) { oldTokensEndAt } }");

            awaitRevoked(theirs, token);
        }
    }

    private static void awaitRevoked(TestProject project, String token) {
        await().untilAsserted(() ->
                assertThatThrownBy(() -> Post.with(project, token)).hasMessageContaining("revoked"));
    }
}
