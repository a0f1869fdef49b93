package dev.tidemark.core.catalog;

import static dev.tidemark.core.catalog.CatalogNode.columns;
import static dev.tidemark.core.catalog.CatalogNode.execute;
import static dev.tidemark.core.catalog.CatalogNode.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.catalog.snapshot.CatalogLimits;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Refusal;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.SetClock;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class CatalogLimitsTest {

    private final PostgresAddress address;

    CatalogLimitsTest(PostgresAddress address) {
        this.address = address;
    }

    /** f38 */
    @Test
    void aCollectionFullOfColumnsStillTakesARowWithAllOfThem() {
        try (var node = CatalogNode.start(address)) {
            var project = node.project("columns");
            var wanted = wanted("p", 600);

            var catalog = node.catalogs.evolve(project, Map.of("click", wanted));

            assertThat(columns(node.of(project), "click")).hasSize(500);
            assertThat(catalog.refused("click", "p499")).isEmpty();
            assertThat(catalog.refused("click", "p500")).map(Refusal::code).contains("too_many_columns");
            assertThat(catalog.refused("click", "p599")).map(Refusal::code).contains("too_many_columns");
            node.catalogs.ensurePartitions(project, "click", List.of(CatalogNode.NOW));
            var all = IntStream.range(0, 500).mapToObj(i -> "p" + i).collect(Collectors.joining(","));
            execute(
                    node.of(project),
                    "insert into click (_id, _time, _received_at, %s) select 1, '%2$s', '%2$s', %3$s"
                            .formatted(all, CatalogNode.NOW, all.replaceAll("p\\d+", String.valueOf(Long.MAX_VALUE))));
            assertThat(number(node.of(project), "select count(*) from click where p499 is not null"))
                    .isOne();
        }
    }

    @Test
    void anHourHasSoManyNewColumns() {
        var limits = new CatalogLimits(500, 100, 5, 100, 100);
        try (var node = CatalogNode.start(address, limits)) {
            var project = node.project("new_columns");

            var first = node.catalogs.evolve(project, Map.of("click", wanted("a", 4)));
            var second = node.catalogs.evolve(project, Map.of("click", wanted("b", 3)));
            var third = node.catalogs.evolve(project, Map.of("view", wanted("c", 1)));

            assertThat(first.byLabel("click").orElseThrow().properties()).hasSize(4);
            assertThat(second.byLabel("click").orElseThrow().properties()).hasSize(5);
            assertThat(second.refused("click", "b1")).map(Refusal::code).contains("too_many_new_columns");
            assertThat(third.byLabel("view").orElseThrow().properties()).isEmpty();
            assertThat(third.refused("view", "c0")).map(Refusal::code).contains("too_many_new_columns");
        }
    }

    @Test
    void anHourHasSoManyNewCollectionsAndTheNextHasItsOwn() {
        var limits = new CatalogLimits(500, 2, 1_000, 100, 1_000);
        try (var node = CatalogNode.start(address, limits);
                var later = CatalogNode.start(address, limits)) {
            var project = node.project("new_collections");
            var wanted = new LinkedHashMap<String, Map<String, ColumnType>>();
            IntStream.range(0, 3).forEach(i -> wanted.put("c" + i, Map.of("a", ColumnType.LONG)));

            var first = node.catalogs.evolve(project, wanted);
            var again = node.catalogs.evolve(project, wanted);
            anHourPasses(node, project);
            var anHourLater = later.catalogs.evolve(project, wanted);

            assertThat(first.collections()).hasSize(2);
            assertThat(first.refused("c2")).map(Refusal::code).contains("too_many_collections");
            assertThat(again.refused("c2")).map(Refusal::code).contains("too_many_collections");
            assertThat(anHourLater.collections()).hasSize(3);
            assertThat(anHourLater.refused("c2")).isEmpty();
        }
    }

    @Test
    void aClockThatWasAheadTakesNothingOfLaterHours() {
        var limits = new CatalogLimits(500, 2, 3, 100, 1_000);
        var ahead = Clock.offset(Clock.fixed(CatalogNode.NOW, ZoneOffset.UTC), Duration.ofDays(30));
        try (var wrong = CatalogNode.start(address, ahead, limits);
                var right = CatalogNode.start(address, limits)) {
            var project = wrong.project("ahead");
            wrong.catalogs.evolve(project, Map.of("click", wanted("a", 2), "view", wanted("b", 1)));

            anHourPasses(right, project);
            var catalog = right.catalogs.evolve(project, Map.of("click", wanted("c", 2), "buy", Map.of()));

            assertThat(catalog.refused("buy")).isEmpty();
            assertThat(catalog.byLabel("click").orElseThrow().properties()).hasSize(4);
        }
    }

    @Test
    void aClockThatIsBehindHasNoMoreThanAnHourHas() {
        var limits = new CatalogLimits(500, 100, 5, 100, 1_000);
        var behind = Clock.offset(Clock.fixed(CatalogNode.NOW, ZoneOffset.UTC), Duration.ofHours(-2));
        try (var wrong = CatalogNode.start(address, behind, limits);
                var right = CatalogNode.start(address, limits)) {
            var project = wrong.project("behind");
            wrong.catalogs.evolve(project, Map.of("click", wanted("a", 5)));

            var catalog = right.catalogs.evolve(project, Map.of("click", wanted("b", 1)));

            assertThat(catalog.refused("click", "b0")).map(Refusal::code).contains("too_many_new_columns");
        }
    }

    @Test
    void whatWasRefusedMayBeAskedForAfterAMinuteThoughTheClockWasSetBack() {
        var limits = new CatalogLimits(500, 1, 1, 100, 1_000);
        var clock = new SetClock(Duration.ofHours(3));
        var nanos = new AtomicLong();
        try (var node = CatalogNode.start(address, clock.utc(), nanos::get, limits)) {
            var project = node.project("set_back");
            var wanted = Map.of("click", wanted("a", 2), "view", wanted("b", 2));
            var first = node.catalogs.evolve(project, wanted);

            clock.setRight();
            anHourPasses(node, project);
            var atOnce = node.catalogs.evolve(project, wanted);
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            var later = node.catalogs.evolve(project, wanted);

            assertThat(first.collections()).hasSize(1);
            assertThat(atOnce.collections()).hasSize(1);
            assertThat(later.collections()).hasSize(2);
        }
    }

    @Test
    void aProjectHasSoManyCollectionsAndColumnsInAll() {
        var limits = new CatalogLimits(500, 100, 1_000, 2, 5);
        try (var node = CatalogNode.start(address, limits)) {
            var project = node.project("in_all");
            node.catalogs.evolve(project, Map.of("click", wanted("a", 4)));

            var second = node.catalogs.evolve(project, Map.of("view", wanted("b", 2)));
            var third = node.catalogs.evolve(project, Map.of("buy", Map.of()));

            assertThat(second.byLabel("view").orElseThrow().properties()).hasSize(1);
            assertThat(second.refused("view", "b1"))
                    .map(Refusal::message)
                    .hasValueSatisfying(
                            message -> assertThat(message).contains("5 columns in all", "catalog.all-columns"));
            assertThat(third.refused("buy"))
                    .map(Refusal::message)
                    .hasValueSatisfying(
                            message -> assertThat(message).contains("2 collections", "catalog.all-collections"));
        }
    }

    private static void anHourPasses(CatalogNode node, Project project) {
        for (var table : List.of("_collection", "_property")) {
            execute(node.of(project), "update %s set created_at = created_at - interval '61 minutes'".formatted(table));
        }
    }

    private static Map<String, ColumnType> wanted(String prefix, int columns) {
        var wanted = new LinkedHashMap<String, ColumnType>();
        IntStream.range(0, columns).forEach(i -> wanted.put(prefix + i, ColumnType.LONG));
        return wanted;
    }
}
