package dev.tidemark.core.catalog;

import static dev.tidemark.core.catalog.CatalogNode.columns;
import static dev.tidemark.core.catalog.CatalogNode.execute;
import static dev.tidemark.core.catalog.CatalogNode.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.catalog.snapshot.Catalog;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.Project;
import dev.tidemark.testkit.PostgresExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class CatalogNodesTest {

    private static final Duration A_SECOND = Duration.ofMillis(1_500);

    private final CatalogNode one;
    private final CatalogNode other;

    CatalogNodesTest(PostgresAddress address) {
        this.one = CatalogNode.start(address);
        this.other = CatalogNode.start(address);
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    /** f35 */
    @Test
    void ofTwoTypesForOneNewColumnTheFirstWinsOnBothNodes() throws Exception {
        var project = one.project("two_types");
        one.catalogs.evolve(project, Map.of("click", Map.of()));
        other.catalogs.of(project);

        for (int i = 0; i < 10; i++) {
            var property = "p" + i;
            var results = atOnce(
                    () -> one.catalogs.evolve(project, Map.of("click", Map.of(property, ColumnType.LONG))),
                    () -> other.catalogs.evolve(project, Map.of("click", Map.of(property, ColumnType.TEXT))));

            assertThat(results.stream().map(catalog -> type(catalog, property)).distinct())
                    .hasSize(1);
        }
        assertThat(columns(one.of(project), "click")).hasSize(10);
    }

    /** f36 */
    @Test
    void nodesThatMakeTheSameTablesAtOnceDoNotFail() throws Exception {
        var project = one.project("same_tables");
        List<Callable<Catalog>> tasks = new ArrayList<>();
        for (int table = 0; table < 30; table++) {
            var label = "table " + table;
            for (int thread = 0; thread < 4; thread++) {
                tasks.add(() -> one.catalogs.evolve(project, Map.of(label, Map.of("a", ColumnType.LONG))));
                tasks.add(() -> other.catalogs.evolve(project, Map.of(label, Map.of("b", ColumnType.TEXT))));
            }
        }

        try (var threads = Executors.newFixedThreadPool(8)) {
            assertThat(threads.invokeAll(tasks)).allMatch(done -> done.state() == Future.State.SUCCESS);
        }

        var catalog = one.catalogs.refresh(project);
        assertThat(catalog.collections()).hasSize(30);
        assertThat(catalog.collections())
                .allSatisfy(collection -> assertThat(collection.properties()).hasSize(2));
    }

    @Test
    void anotherNodeFollowsWithinASecond() {
        var project = one.project("following");
        List<List<EventCollection>> heard = new CopyOnWriteArrayList<>();
        other.catalogs.onChange((changed, collections) -> {
            if (changed.equals(project)) {
                heard.add(collections);
            }
        });
        other.catalogs.of(project);

        one.catalogs.evolve(project, Map.of("click", Map.of("a", ColumnType.LONG)));

        await().atMost(A_SECOND)
                .until(() -> other.catalogs.of(project).byLabel("click").isPresent());
        await().atMost(A_SECOND).until(() -> !heard.isEmpty());
        assertThat(heard.getLast()).isEqualTo(one.catalogs.of(project).collections());
    }

    @Test
    void aNodeThatHasNotSeenTheProjectHearsOfItToo() {
        List<Project> heard = new CopyOnWriteArrayList<>();
        other.catalogs.onChange((changed, collections) -> heard.add(changed));
        await().until(other.notifications::answers);
        var project = one.project("unseen");

        one.catalogs.evolve(project, Map.of("click", Map.of()));

        await().atMost(A_SECOND).until(() -> heard.contains(project));
    }

    @Test
    void aLostHintIsMadeUpForByAsking() {
        var project = one.project("lost_hint");
        other.catalogs.of(project);
        one.notifications.close();

        one.catalogs.evolve(project, Map.of("click", Map.of("a", ColumnType.LONG)));

        await().atMost(Duration.ofSeconds(2))
                .until(() -> other.catalogs.of(project).byLabel("click").isPresent());
    }

    @Test
    void aFailingListenerKeepsNobodyFromHearing() {
        var project = one.project("failing_listener");
        List<Project> heard = new CopyOnWriteArrayList<>();
        one.catalogs.onChange((changed, collections) -> {
            throw new IllegalStateException("mine to fail");
        });
        one.catalogs.onChange((changed, collections) -> heard.add(changed));

        one.catalogs.evolve(project, Map.of("click", Map.of()));
        one.catalogs.evolve(project, Map.of("view", Map.of()));

        await().until(() -> heard.size() >= 2);
    }

    @Test
    @Timeout(30)
    void aListenerThatHangsKeepsNeitherTheNodeNorTheOthersFromHearing() {
        var project = one.project("hanging_listener");
        var enough = new Semaphore(0);
        List<Project> heard = new CopyOnWriteArrayList<>();
        other.catalogs.onChange((changed, collections) -> enough.acquireUninterruptibly());
        other.catalogs.onChange((changed, collections) -> heard.add(changed));
        other.catalogs.of(project);

        one.catalogs.evolve(project, Map.of("click", Map.of()));
        await().atMost(Duration.ofSeconds(5)).until(() -> heard.contains(project));
        one.catalogs.evolve(project, Map.of("view", Map.of()));

        await().atMost(Duration.ofSeconds(5))
                .until(() -> other.catalogs.of(project).byLabel("view").isPresent());
        enough.release(1_000);
    }

    /** f37 */
    @Test
    void aNewColumnBehindALongReaderHoldsUpNoWriter() throws Exception {
        var project = one.project("long_reader");
        one.catalogs.evolve(project, Map.of("click", Map.of()));
        one.catalogs.ensurePartitions(project, "click", List.of(CatalogNode.NOW));
        var reading = new CountDownLatch(1);
        var enough = new CountDownLatch(1);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var reader = threads.submit(() -> read(project, reading, enough));
            reading.await();
            var change = threads.submit(() ->
                    one.catalogs.evolve(project, Map.of("click", Map.of("late", ColumnType.LONG))));
            await().until(() -> number(
                            one.postgres.server(),
                            "select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
                    > 0);

            var slowest = IntStream.range(0, 100)
                    .mapToObj(id -> timed(() -> execute(
                            other.of(project),
                            "insert into click (_id, _time, _received_at) values (%d, '%s', now())"
                                    .formatted(id, CatalogNode.NOW))))
                    .max(Duration::compareTo)
                    .orElseThrow();
            enough.countDown();

            assertThat(slowest).isLessThan(Duration.ofSeconds(1));
            assertThat(change.get().columns("click").orElseThrow().byLabel("late"))
                    .isPresent();
            assertThat(reader.get()).isTrue();
        }
    }

    private boolean read(Project project, CountDownLatch reading, CountDownLatch enough) {
        return other.of(project).transaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("select count(*) from click");
                reading.countDown();
                return awaited(enough);
            }
        });
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Duration timed(Runnable work) {
        var start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static ColumnType type(Catalog catalog, String property) {
        return catalog.columns("click")
                .orElseThrow()
                .byLabel(property)
                .orElseThrow()
                .type();
    }

    private static List<Catalog> atOnce(Callable<Catalog> task, Callable<Catalog> other) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(List.of(task, other)).stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }
}
