package dev.tidemark.core.events.commit;

import static dev.tidemark.core.events.EventNode.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.events.EventNode;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Outcome;
import dev.tidemark.spi.Project;
import dev.tidemark.testkit.PostgresExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens when the way to PostgreSQL is cut, or the queue is full. */
@ExtendWith(PostgresExtension.class)
@Timeout(180)
class FaultsTest {

    private static final int SENDERS = 6;
    private static final int BATCHES = 25;
    private static final int EVENTS = 4;
    private static final Duration BETWEEN_KILLS = Duration.ofMillis(10);

    private final PostgresAddress address;
    private final CuttingProxy proxy;
    private final EventNode node;
    private final EventNode observer;
    private Project project;
    private int rounds;

    FaultsTest(PostgresAddress address) {
        this.address = address;
        this.proxy = CuttingProxy.before(address);
        this.node = EventNode.start(proxy.address(address));
        this.observer = EventNode.start(address);
    }

    @BeforeEach
    void project() {
        project = node.project();
        node.collect(project, event("a", "n", -1L));
    }

    @AfterEach
    void close() throws Exception {
        proxy.cut(CuttingProxy.Cut.NOWHERE, 0);
        proxy.delay(0);
        proxy.refuse(false);
        node.close();
        observer.close();
        proxy.close();
    }

    @Test
    void f05ABatchWhoseCommitIsNotAnsweredCountsOnceWhenItIsSentAgain() throws Exception {
        proxy.cut(CuttingProxy.Cut.AFTER_COMMIT, 0.2);

        var retries = sendAll();

        assertThat(retries).isPositive();
        assertEachEventIsThereOnce();
    }

    @Test
    void f06ABatchThatIsCutAmidItsRowsIsThereWholeOrNotAtAll() throws Exception {
        proxy.cut(CuttingProxy.Cut.ANYWHERE, 0.03);

        var retries = sendAll();

        assertThat(retries).isPositive();
        assertEachEventIsThereOnce();
    }

    @Test
    void f43ASlowNetworkThatBreaksNowAndThenLosesNothing() throws Exception {
        proxy.delay(20);
        proxy.cut(CuttingProxy.Cut.ANYWHERE, 0.01);

        sendAll();

        assertEachEventIsThereOnce();
    }

    @Test
    void aKilledBackendIsNoLossAndNoDuplicate() throws Exception {
        var killed = new AtomicInteger();
        Future<?> kills;
        try (var killer = Executors.newSingleThreadScheduledExecutor()) {
            // with time between for a few to come through
            kills = killer.scheduleWithFixedDelay(
                    () -> killed.addAndGet(killWriters()), 0, BETWEEN_KILLS.toMillis(), TimeUnit.MILLISECONDS);
            do {
                sendAll(); // more: a kill may have found no writer at work
            } while (killed.get() == 0 && !kills.isDone());
        }

        assertThat(kills).isCancelled();
        assertThat(killed).hasPositiveValue();
        assertEachEventIsThereOnce();
    }

    @Test
    void whileTheDatabaseIsAwayRequestsFailSoonAndAfterwardsItGoesOnByItself() {
        proxy.refuse(true);

        var start = System.nanoTime();
        assertThatThrownBy(() -> node.collect(project, event("a", "n", 1L).withMessageId("m")))
                .isInstanceOfSatisfying(
                        CallerException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));

        proxy.refuse(false);
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> node.collect(project, event("a", "n", 1L).withMessageId("m"))
                                .size()
                        == 1);
        assertThat(observer.text(project, "count(*) from a where n = 1")).isEqualTo("1");
    }

    @Test
    void aFullQueueRefusesWithAClearErrorAndKeepsWhatItTook() throws Exception {
        var limits = new IngestionLimits(10, 1 << 20, 1, 1 << 20, Duration.ofSeconds(30));
        try (var small = EventNode.start(address, limits);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            small.collect(project, event("a", "n", 0L));
            List<Future<List<Outcome>>> waiting = new ArrayList<>();
            var locked = new CountDownLatch(1);
            var refused = new CountDownLatch(1);
            var lock = threads.submit(() -> observer.databases.of(project).transaction(connection -> {
                connection.createStatement().execute("lock table a in share mode");
                locked.countDown();
                awaitQuietly(refused);
                return true;
            }));
            locked.await();
            for (int i = 0; i < 10; i++) {
                var number = (long) i;
                waiting.add(threads.submit(() -> small.collect(project, event("a", "n", number))));
            }

            await().untilAsserted(() -> assertThatThrownBy(
                            () -> small.events.collect(project, List.of(event("a"), event("a")), EventNode.origin()))
                    .isInstanceOfSatisfying(CallerException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                        assertThat(e.sentence()).contains("send it again");
                    }));

            refused.countDown();
            lock.get();
            for (var outcome : waiting) {
                assertThat(outcome.get()).hasSize(1).allMatch(stored -> stored instanceof Outcome.Stored);
            }
        }
    }

    @Test
    void aRequestThatWaitsTooLongIsToldToSendItAgain() throws Exception {
        var limits = new IngestionLimits(10, 1 << 20, 1, 1 << 20, Duration.ofMillis(200));
        try (var impatient = EventNode.start(address, limits)) {
            observer.databases.of(project).transaction(connection -> {
                connection.createStatement().execute("lock table a in share mode");
                assertThatThrownBy(() ->
                                impatient.collect(project, event("a", "n", 1L).withMessageId("m")))
                        .isInstanceOf(CallerException.class)
                        .hasMessageContaining("send them again");
                return true;
            });
            await().until(() -> impatient
                            .collect(project, event("a", "n", 1L).withMessageId("m"))
                            .getFirst()
                    instanceof Outcome.Duplicate);
        }
    }

    @Test
    void aPartitionThatWasDroppedIsMadeAgain() {
        var schema = project.slug();
        var partition =
                observer.text(project, "name from _partition where '2026-11-21T12:00Z' between starts_at and ends_at");
        observer.execute("drop table %s.%s; delete from %s._partition where name = '%s'"
                .formatted(schema, partition, schema, partition));

        var outcomes = node.collect(project, event("a", "n", 1L));

        assertThat(outcomes.getFirst()).isInstanceOf(Outcome.Stored.class);
    }

    private int killWriters() {
        return Integer.parseInt(observer.text(project, """
                count(pg_terminate_backend(pid))
                from pg_stat_activity
                where pid <> pg_backend_pid()
                    and datname = current_database()
                    and query like 'copy %'
                """));
    }

    private int sendAll() throws Exception {
        var retries = new AtomicInteger();
        var round = rounds++;
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                var number = round * SENDERS + sender;
                all.add(senders.submit(() -> {
                    IntStream.range(0, BATCHES).forEach(i -> send(number * BATCHES + i, retries));
                    return number;
                }));
            }
            for (var sender : all) {
                sender.get();
            }
        } finally {
            proxy.cut(CuttingProxy.Cut.NOWHERE, 0);
        }
        return retries.get();
    }

    private void send(int batch, AtomicInteger retries) {
        List<Event> events = IntStream.range(0, EVENTS)
                .mapToObj(i -> event("a", "n", (long) batch * EVENTS + i).withMessageId(batch + "-" + i))
                .toList();
        while (true) {
            try {
                node.collect(project, events);
                return;
            } catch (CallerException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                var there =
                        observer.text(project, "count(*) from a where n / %d = %d and n >= 0".formatted(EVENTS, batch));
                assertThat(there).isIn("0", Integer.toString(EVENTS));
                retries.incrementAndGet();
            }
        }
    }

    private void assertEachEventIsThereOnce() {
        var expected = rounds * SENDERS * BATCHES * EVENTS;
        assertThat(observer.text(project, "count(*) from a where n >= 0")).isEqualTo(Integer.toString(expected));
        assertThat(observer.text(project, "count(distinct n) from a where n >= 0"))
                .isEqualTo(Integer.toString(expected));
        assertThat(observer.text(project, "sum(events) from _commit")).isEqualTo(Integer.toString(expected + 1));
        assertThat(observer.text(project, "count(*) = max(position) from _commit"))
                .isEqualTo("t");
        assertThat(observer.all(project)).hasSize(expected + 1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
