package dev.tidemark.core.catalog;

import static dev.tidemark.core.catalog.CatalogNode.NOW;
import static dev.tidemark.core.catalog.CatalogNode.execute;
import static dev.tidemark.core.catalog.CatalogNode.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.catalog.snapshot.CatalogLimits;
import dev.tidemark.core.jobs.TestJobs;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.DatabaseException;
import dev.tidemark.spi.Project;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PartitionsTest {

    private static final List<Instant> TIMES = Stream.of(
                    "1970-01-01T00:00:00Z",
                    "1999-12-31T23:59:59.999999Z",
                    "2024-06-01T00:00:00Z",
                    "2025-01-01T00:00:00Z",
                    "2026-10-31T23:59:59.999999Z",
                    "2026-11-01T00:00:00Z",
                    "2026-11-23T12:00:00Z")
            .map(Instant::parse)
            .toList();

    private final PostgresAddress address;

    PartitionsTest(PostgresAddress address) {
        this.address = address;
    }

    @Test
    void everyTimeFindsItsPlace() {
        try (var node = CatalogNode.start(address)) {
            var project = collection(node, "places");

            node.catalogs.ensurePartitions(project, "click", TIMES);

            insert(node, project, TIMES);
            assertThat(number(node.of(project), "select count(*) from click")).isEqualTo(TIMES.size());
            assertThat(number(node.of(project), "select count(*) from _partition"))
                    .isEqualTo(6);
            assertThat(number(node.of(project), "select count(*) from _p1_202611"))
                    .isEqualTo(2);
        }
    }

    @Test
    void yearsAndMonthsDoNotOverlapAsTimePasses() {
        Project project;
        try (var node = CatalogNode.start(address)) {
            project = collection(node, "passing");
            node.catalogs.ensurePartitions(
                    project,
                    "click",
                    List.of(Instant.parse("2025-05-05T00:00:00Z"), Instant.parse("2024-05-05T00:00:00Z")));
        }
        var later = Clock.fixed(Instant.parse("2028-01-01T00:00:00Z"), ZoneOffset.UTC);
        var times = List.of(
                Instant.parse("2023-01-01T00:00:00Z"),
                Instant.parse("2024-01-01T00:00:00Z"),
                Instant.parse("2025-01-01T00:00:00Z"),
                Instant.parse("2025-05-31T00:00:00Z"),
                Instant.parse("2026-12-31T00:00:00Z"),
                Instant.parse("2027-01-01T00:00:00Z"),
                Instant.parse("2028-01-03T00:00:00Z"));

        try (var node = CatalogNode.start(address, later, CatalogLimits.DEFAULT)) {
            node.catalogs.ensurePartitions(project, "click", times);

            insert(node, project, times);
            assertThat(number(node.of(project), "select count(*) from click")).isEqualTo(times.size());
            assertThat(number(node.of(project), "select count(*) from _partition where name like '_p1_2025__'"))
                    .isEqualTo(2);
            assertThat(number(node.of(project), "select count(*) from _p1_2026"))
                    .isOne();
        }
    }

    @Test
    void nodesThatWantThePartitionAtOnceShareIt() throws Exception {
        try (var one = CatalogNode.start(address);
                var other = CatalogNode.start(address);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var project = collection(one, "sharing");

            var done = threads.invokeAll(Stream.of(one, other, one, other)
                    .<Callable<Boolean>>map(node -> () -> {
                        node.catalogs.ensurePartitions(project, "click", TIMES);
                        return true;
                    })
                    .toList());

            assertThat(done).allMatch(future -> future.resultNow());
            assertThat(number(one.of(project), "select count(*) from _partition"))
                    .isEqualTo(6);
        }
    }

    @Test
    void aPartitionWaitsForNoReaderAndNoWriter() {
        try (var node = CatalogNode.start(address)) {
            var project = collection(node, "waiting");
            node.catalogs.ensurePartitions(project, "click", TIMES);

            node.of(project).transaction(open -> {
                try (var statement = open.createStatement()) {
                    statement.execute("select count(*) from click");
                    statement.execute("insert into click (_id, _time, _received_at) values (1, '%1$s', '%1$s')"
                            .formatted(TIMES.getFirst()));
                    assertThatCode(() -> node.catalogs.ensurePartitions(
                                    project, "click", List.of(Instant.parse("2026-09-01T00:00:00Z"))))
                            .doesNotThrowAnyException();
                    return true;
                }
            });
        }
    }

    @Test
    void partitionsFollowTheColumnsOfTheirTable() {
        try (var node = CatalogNode.start(address)) {
            var project = collection(node, "following");
            node.catalogs.ensurePartitions(project, "click", TIMES.subList(0, 2));
            node.catalogs.evolve(project, Map.of("click", Map.of("b", ColumnType.TEXT, "a", ColumnType.DOUBLE)));
            node.catalogs.ensurePartitions(project, "click", TIMES);

            insert(node, project, TIMES);

            assertThat(number(node.of(project), "select count(*) from click where a is null and b is null"))
                    .isEqualTo(TIMES.size());
            assertThat(number(
                            node.of(project),
                            "select count(*) from pg_index where indrelid = '_p1_2024'::regclass and indisvalid"))
                    .isEqualTo(4);
        }
    }

    @Test
    void partitionsAreAsNarrowAsTheCollectionWantsThemFromThenOn() {
        try (var node = CatalogNode.start(address)) {
            var project = collection(node, "narrow");
            var declared = new Declared(node.catalogs, project);
            node.catalogs.ensurePartitions(project, "click", List.of(NOW));

            declared.collection("click", "partitions", "FIVE_MINUTES", "keep", Duration.ofDays(5));
            var near = List.of(NOW, NOW.plus(Duration.ofDays(10)), NOW.minus(Duration.ofDays(400)));
            node.catalogs.ensurePartitions(project, "click", near);
            declared.collection("click", "partitions", "DAY");
            var further = List.of(NOW.plus(Duration.ofDays(11)), NOW.plus(Duration.ofDays(10)));
            node.catalogs.ensurePartitions(project, "click", further);
            declared.collection("click", "partitions", "MONTH");
            var last = List.of(NOW.plus(Duration.ofDays(12)), NOW.plus(Duration.ofDays(40)));
            node.catalogs.ensurePartitions(project, "click", last);

            insert(
                    node,
                    project,
                    Stream.of(near, further, last).flatMap(List::stream).toList());
            assertThat(CatalogNode.texts(node.of(project), "select name from _partition order by starts_at"))
                    .containsExactly(
                            "_p1_2025",
                            "_p1_202611",
                            "_p1_202612011200",
                            "_p1_20261202",
                            "_p1_20261203",
                            "_p1_20261231");
        }
    }

    @Test
    void theNextPartitionsAreMadeAheadWhereThereAreEventsNow() {
        try (var node = CatalogNode.start(address)) {
            var project = collection(node, "ahead");
            var declared = new Declared(node.catalogs, project);
            declared.collection("click", "partitions", "HOUR", "keep", Duration.ofDays(5));
            declared.collection("idle", "partitions", "HOUR", "keep", Duration.ofDays(5));
            for (var table : List.of("click", "idle")) {
                node.catalogs.ensurePartitions(project, table, List.of(NOW));
            }
            insert(node, project, List.of(NOW));

            // where a schema is lost, others go on
            var job = new PartitionJob(TestJobs.only(TestJobs.LOST, project), TestJobs.NONE_ACTIVE, node.catalogs);
            assertThatThrownBy(() -> job.run(new TestRun(node.databases))).isInstanceOf(DatabaseException.class);

            assertThat(CatalogNode.texts(node.of(project), "select name from _partition order by name"))
                    .containsExactly(
                            "_p1_2026112112", "_p1_2026112113", "_p1_2026112114", "_p1_2026112115", "_p2_2026112112");
        }
    }

    private static Project collection(CatalogNode node, String slug) {
        var project = node.project(slug);
        node.catalogs.evolve(project, Map.of("click", Map.of("a", ColumnType.LONG)));
        return project;
    }

    private static void insert(CatalogNode node, Project project, List<Instant> times) {
        for (int i = 0; i < times.size(); i++) {
            execute(
                    node.of(project),
                    "insert into click (_id, _time, _received_at) values (%d, '%s', now())".formatted(i, times.get(i)));
        }
    }
}
