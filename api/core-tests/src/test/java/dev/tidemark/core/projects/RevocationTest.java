package dev.tidemark.core.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.projects.nodes.Node;
import dev.tidemark.core.projects.registry.ProjectRegistry;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Scope;
import dev.tidemark.testkit.PostgresExtension;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A key is used, then revoked: it is refused at once, on every node. */
@Timeout(30)
@ExtendWith(PostgresExtension.class)
class RevocationTest {

    private static final AtomicInteger PROJECTS = new AtomicInteger();

    private final TestNode here;
    private final TestNode there;
    private final ProjectRegistry.Created shop;

    RevocationTest(PostgresAddress address) {
        this.here = TestNode.start(address);
        this.there = TestNode.start(address);
        this.shop = here.access.projects().create(TestNode.administrator(), "shop_" + PROJECTS.incrementAndGet());
        await().until(() -> here.count("node where access_version < (select version from access_version)") == 0);
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @RepeatedTest(3)
    void onEveryNode() {
        use(shop.keys().read());

        revoke("read");

        assertRefusedEverywhere(shop.keys().read());
        use(shop.keys().write());
    }

    @RepeatedTest(3)
    void onANodeThatHearsNoHints() {
        there.notifications.close();
        use(shop.keys().read());

        revoke("read");

        assertRefusedEverywhere(shop.keys().read());
    }

    @Test
    void onANodeThatCannotAnnounceItself() {
        use(shop.keys().read());
        withLock("lock table node in exclusive mode", () -> {
            revoke("read");

            assertRefusedEverywhere(shop.keys().read());
            assertThat(there.call(shop.keys().write()).may(Scope.WRITE)).isTrue();
        });
    }

    @Test
    void whileItIsInUse() {
        var stopped = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                threads.execute(() -> {
                    while (stopped.getCount() > 0
                            && isAccepted(there, shop.keys().read())) {
                        Thread.onSpinWait();
                    }
                });
            }

            revoke("read");

            assertRefusedEverywhere(shop.keys().read());
            stopped.countDown();
        }
    }

    @Test
    void aKeyThatIsKnownAsksTheDatabaseNoMore() {
        use(shop.keys().read());

        withLock(
                "lock table api_key in access exclusive mode",
                () -> use(shop.keys().read()));
    }

    @Test
    void aNodeThatEndsIsNotWaitedForAndLeavesTheList() {
        assertThat(here.access.nodes().nodes())
                .extracting(Node::id)
                .contains(there.access.nodes().id());

        there.close();

        assertThat(here.access.nodes().nodes())
                .extracting(Node::id)
                .doesNotContain(there.access.nodes().id());
        var began = System.nanoTime();
        revoke("read");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    }

    private void use(String key) {
        assertThat(here.call(key).selected()).contains(shop.project());
        assertThat(there.call(key).selected()).contains(shop.project());
    }

    private void revoke(String name) {
        var caller = here.call(shop.keys().master());
        here.access.keys().all(caller).stream()
                .filter(key -> key.name().equals(name))
                .forEach(key -> here.access.keys().revoke(caller, key.id()));
    }

    private void assertRefusedEverywhere(String key) {
        for (var node : new TestNode[] {there, here}) {
            assertThatThrownBy(() -> node.call(key))
                    .isInstanceOfSatisfying(
                            CallerException.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAUTHENTICATED));
        }
    }

    private static boolean isAccepted(TestNode node, String key) {
        try {
            return node.call(key).may(Scope.READ);
        } catch (CallerException e) {
            return false;
        }
    }

    private void withLock(String sql, Runnable work) {
        here.postgres.server().transaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            }
            work.run();
            return true;
        });
    }
}
