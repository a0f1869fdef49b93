package dev.tidemark.core.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.projects.allowances.Allowances;
import dev.tidemark.core.projects.allowances.QuotaStore;
import dev.tidemark.core.projects.keys.ApiKeys;
import dev.tidemark.core.projects.keys.KeyRequest;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.KeyLimits;
import dev.tidemark.spi.Scope;
import dev.tidemark.testkit.PostgresExtension;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class AllowancesTest {

    @AutoClose
    private final TestNode node;

    private final AtomicLong nanos = new AtomicLong();
    private Allowances allowances;

    AllowancesTest(PostgresAddress address) {
        this.node = TestNode.start(address);
    }

    @BeforeEach
    void start() {
        allowances = allowances();
    }

    @Test
    void aRateIsKeptOnAverageAndABatchMayBeLarger() {
        var caller = caller(limits(OptionalLong.of(100), OptionalLong.empty()));

        allowances.take(caller, 300);

        refused(() -> allowances.take(caller, 1), ErrorCode.RATE_LIMITED, Duration.ofMillis(2_010), 0);
        nanos.addAndGet(Duration.ofMillis(2_010).toNanos());
        allowances.take(caller, 1);
    }

    @Test
    void aKeyOfADayIsRefusedBeyondItsEventsUntilMidnight() {
        var caller = caller(limits(OptionalLong.empty(), OptionalLong.of(1_000)));

        allowances.take(caller, 995);

        refused(() -> allowances.take(caller, 6), ErrorCode.QUOTA_EXCEEDED, Duration.ofHours(12), 5);
        allowances.take(caller, 5);
        node.clock.advance(Duration.ofHours(12));
        allowances.take(caller, 1_000);
    }

    @Test
    void whatWasNotSentAfterAllIsGivenBack() {
        var caller = caller(limits(OptionalLong.empty(), OptionalLong.of(10)));

        allowances.take(caller, 10).run();

        allowances.take(caller, 10);
        refused(() -> allowances.take(caller, 1), ErrorCode.QUOTA_EXCEEDED, Duration.ofHours(12), 0);
    }

    @Test
    void nodesAndThreadsTogetherGrantNoMoreThanTheDayHas() throws Exception {
        var caller = caller(limits(OptionalLong.empty(), OptionalLong.of(5_000)));
        var other = allowances();

        var granted = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> here = () -> isGranted(allowances, caller);
            Callable<Boolean> there = () -> isGranted(other, caller);
            for (Future<Boolean> answer : threads.invokeAll(Stream.generate(() -> Stream.of(here, there))
                    .limit(200)
                    .flatMap(both -> both)
                    .toList())) {
                granted += answer.get() ? 20 : 0;
            }
        }

        assertThat(granted).isBetween(4_900, 5_000);
        assertThat(node.count("key_events where events > 5000")).isZero();
    }

    @Test
    void aKeyWithoutLimitsIsNotCounted() {
        var before = node.count("key_events");

        allowances.take(caller(KeyLimits.NONE), 1_000_000);

        assertThat(node.count("key_events")).isEqualTo(before);
    }

    @Test
    void aLimitedKeyMakesNoKeyThatMaySendMore() {
        var maker = caller(limits(OptionalLong.of(10), OptionalLong.empty()));

        assertThatThrownBy(() ->
                        node.access.keys().create(maker, new KeyRequest("more", Set.of(Scope.WRITE), Optional.empty())))
                .isInstanceOf(CallerException.class)
                .hasMessageContaining("limit of 10");
    }

    private Allowances allowances() {
        return new Allowances(new QuotaStore(node.postgres.server()), node.clock, nanos::get);
    }

    /** Of a key that was made with these limits, as its secret tells. */
    private Caller caller(KeyLimits limits) {
        var name = "shop_" + node.count("project");
        node.access.projects().create(TestNode.administrator(), name);
        var project = node.access.projects().find(name).orElseThrow();
        var master = new Caller(ApiKeys.LOCAL, Set.of(Scope.ADMIN), Optional.of(project));
        var request = new KeyRequest("limited", Set.of(Scope.MASTER), Optional.empty(), limits);
        return node.call(node.access.keys().create(master, request).secret());
    }

    private static KeyLimits limits(OptionalLong perSecond, OptionalLong perDay) {
        return new KeyLimits(perSecond, perDay);
    }

    private static boolean isGranted(Allowances allowances, Caller caller) {
        try {
            allowances.take(caller, 20);
            return true;
        } catch (CallerException e) {
            return false;
        }
    }

    private static void refused(ThrowingCallable taking, ErrorCode code, Duration wait, long left) {
        assertThatThrownBy(taking).isInstanceOfSatisfying(CallerException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.retryAfter()).isEqualTo(wait);
            assertThat(e.left()).isEqualTo(left);
        });
    }
}
