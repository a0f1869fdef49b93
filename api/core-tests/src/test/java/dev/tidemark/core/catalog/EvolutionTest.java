package dev.tidemark.core.catalog;

import static dev.tidemark.core.catalog.CatalogNode.columns;
import static dev.tidemark.core.catalog.CatalogNode.execute;
import static dev.tidemark.core.catalog.CatalogNode.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.core.catalog.names.Names;
import dev.tidemark.core.catalog.snapshot.Catalog;
import dev.tidemark.core.catalog.snapshot.CatalogStore;
import dev.tidemark.core.catalog.writing.TableStore;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.EventCollection.Property;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Refusal;
import dev.tidemark.testkit.PostgresExtension;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class EvolutionTest {

    @AutoClose
    private final CatalogNode node;

    private Project project;

    EvolutionTest(PostgresAddress address) {
        this.node = CatalogNode.start(address);
    }

    @BeforeEach
    void makeProject(TestInfo test) {
        project = node.project(
                Names.column(test.getTestMethod().orElseThrow().getName()).orElseThrow());
    }

    @Test
    void aNewCollectionIsATableWithTypedColumns() {
        var wanted = properties("Order Total", ColumnType.DOUBLE, "tags", ColumnType.TEXT_LIST);

        var catalog = node.catalogs.evolve(project, Map.of("Page View", wanted));

        assertThat(catalog.byLabel("pageView"))
                .contains(new EventCollection(
                        "page_view",
                        "Page View",
                        "pageView",
                        List.of(
                                new Property("order_total", "Order Total", "orderTotal", ColumnType.DOUBLE),
                                new Property("tags", "tags", "tags", ColumnType.TEXT_LIST))));
        assertThat(columns(node.of(project), "page_view"))
                .containsExactly("order_total double precision", "tags text[]");
        assertThat(catalog.version()).isOne();
        assertThat(node.catalogs.of(project).version()).isOne();
    }

    @Test
    void everyTypeMakesItsColumn() {
        var wanted = Arrays.stream(ColumnType.values())
                .collect(Collectors.toMap(ColumnType::name, type -> type, (a, b) -> a, LinkedHashMap::new));

        node.catalogs.evolve(project, Map.of("all", wanted));

        assertThat(columns(node.of(project), "all").stream().map(column -> column.substring(column.indexOf(' ') + 1)))
                .containsExactlyElementsOf(Arrays.stream(ColumnType.values())
                        .map(type -> type.sql().replace("timestamptz", "timestamp with time zone"))
                        .toList());
    }

    @Test
    void columnsAreAddedToWhatIsThere() {
        node.catalogs.evolve(project, Map.of("click", properties("a", ColumnType.LONG)));

        var catalog =
                node.catalogs.evolve(project, Map.of("CLICK", properties("A", ColumnType.TEXT, "b", ColumnType.TEXT)));

        assertThat(columns(node.of(project), "click")).containsExactly("a bigint", "b text");
        assertThat(catalog.columns("click")
                        .orElseThrow()
                        .byLabel("B")
                        .orElseThrow()
                        .label())
                .isEqualTo("b");
        assertThat(catalog.version()).isEqualTo(2);
    }

    @Test
    void whatIsThereCostsNoTransaction() {
        var first = node.catalogs.evolve(project, Map.of("click", properties("a", ColumnType.LONG)));

        var second = node.catalogs.evolve(project, Map.of("Click", properties("A", ColumnType.LONG)));

        assertThat(second).isSameAs(node.catalogs.of(project));
        assertThat(second.version()).isEqualTo(first.version());
    }

    @Test
    void hostileNamesAreJustNames() {
        var labels = List.of(
                "x'; drop table click; --",
                "\"quoted\"",
                "select",
                "__typename",
                "_user",
                "_id",
                "ctid",
                "tableoid",
                "cоuntry",
                "0",
                "$1",
                "%s",
                "😀",
                "user");
        var wanted = new LinkedHashMap<String, ColumnType>();
        labels.forEach(label -> wanted.put(label, ColumnType.LONG));

        var catalog = node.catalogs.evolve(
                project, Map.of("click", wanted, "pg_class", wanted, "x' || pg_sleep(5) || '", wanted));

        var columns = catalog.columns("click").orElseThrow();
        assertThat(labels.stream()
                        .map(label -> columns.byLabel(label).orElseThrow().column()))
                .doesNotHaveDuplicates();
        assertThat(catalog.collections())
                .allSatisfy(collection ->
                        assertThat(columns(node.of(project), collection.name())).hasSize(labels.size()));
        assertThat(catalog.collections()).hasSize(3);
    }

    /** f39 */
    @Test
    void namesThatShareTheirFirst63BytesAreTwoColumns() {
        var stem = "a".repeat(63);

        var catalog = node.catalogs.evolve(
                project, Map.of("click", properties(stem + "a", ColumnType.LONG, stem + "b", ColumnType.TEXT)));

        assertThat(columns(node.of(project), "click")).hasSize(2).doesNotHaveDuplicates();
        assertThat(catalog.columns("click")
                        .orElseThrow()
                        .byLabel(stem + "b")
                        .orElseThrow()
                        .type())
                .isEqualTo(ColumnType.TEXT);
    }

    @Test
    void whatHasNoNameIsRefusedAndTheRestIsMade() {
        var catalog = node.catalogs.evolve(
                project,
                Map.of(
                        "click", properties("a", ColumnType.LONG, "\u200b", ColumnType.LONG, "", ColumnType.LONG),
                        "_user_mailbox", properties("a", ColumnType.LONG),
                        "\u202egnp", properties("a", ColumnType.LONG)));

        assertThat(catalog.collections()).hasSize(1);
        assertThat(columns(node.of(project), "click")).containsExactly("a bigint");
        assertThat(catalog.refused("_user_mailbox")).map(Refusal::code).contains("bad_collection");
        assertThat(catalog.refused("\u202egnp")).map(Refusal::code).contains("bad_collection");
        assertThat(catalog.refused("click")).isEmpty();
        assertThat(catalog.refused("click", "a")).isEmpty();
        assertThat(catalog.refused("click", "\u200b")).map(Refusal::code).contains("bad_property");
        assertThat(catalog.refused("click", "")).map(Refusal::code).contains("bad_property");
    }

    @Test
    void aCollectionNamedLikeAnIndexIsNoProblem() {
        node.catalogs.evolve(project, Map.of("click", properties("a", ColumnType.LONG)));

        var catalog = node.catalogs.evolve(
                project, Map.of("click_pkey", properties(), "click_time_idx", properties(), "c1_key", properties()));

        assertThat(catalog.collections()).hasSize(4);
    }

    /** J11 */
    @Test
    void anIntegerColumnOfASmallTableIsWidened() {
        node.catalogs.evolve(project, Map.of("click", properties("amount", ColumnType.LONG)));
        insert(7, 1L << 53);

        var catalog = node.catalogs.evolve(project, Map.of("click", properties("Amount", ColumnType.DOUBLE)));

        assertThat(catalog.columns("click").orElseThrow().byLabel("amount").orElseThrow())
                .isEqualTo(new Property("amount", "amount", "amount", ColumnType.DOUBLE));
        assertThat(columns(node.of(project), "click")).containsExactly("amount double precision");
        assertThat(number(node.of(project), "select sum(amount) from click where amount = 7"))
                .isEqualTo(7);
    }

    @Test
    void integersThatWouldBeRoundedAreNot() {
        node.catalogs.evolve(project, Map.of("click", properties("amount", ColumnType.LONG)));
        insert((1L << 53) + 1);

        var catalog = node.catalogs.evolve(project, Map.of("click", properties("amount", ColumnType.DOUBLE)));

        assertThat(catalog.columns("click")
                        .orElseThrow()
                        .byLabel("amount")
                        .orElseThrow()
                        .type())
                .isEqualTo(ColumnType.LONG);
        assertThat(columns(node.of(project), "click")).containsExactly("amount bigint");
        assertThat(catalog.version()).isOne();
    }

    @Test
    void aColumnOfALargeTableIsNot() {
        node.catalogs.evolve(project, Map.of("click", properties("amount", ColumnType.LONG)));
        insert(1, 2, 3);
        var click = node.catalogs.of(project).byLabel("click").orElseThrow();
        var wide = new Property("amount", "amount", "amount", ColumnType.DOUBLE);

        assertThat(widened(new TableStore(2), click, wide)).isFalse();
        assertThat(columns(node.of(project), "click")).containsExactly("amount bigint");
        assertThat(widened(new TableStore(3), click, wide)).isTrue();
        assertThat(columns(node.of(project), "click")).containsExactly("amount double precision");
    }

    @Test
    void aColumnThatAViewHoldsStaysAsItIs() {
        node.catalogs.evolve(project, Map.of("click", properties("amount", ColumnType.LONG)));
        execute(node.of(project), "create view mine as select amount from click");

        var catalog = node.catalogs.evolve(
                project, Map.of("click", properties("amount", ColumnType.DOUBLE, "b", ColumnType.TEXT)));

        assertThat(catalog.columns("click")
                        .orElseThrow()
                        .byLabel("amount")
                        .orElseThrow()
                        .type())
                .isEqualTo(ColumnType.LONG);
        assertThat(columns(node.of(project), "click")).containsExactly("amount bigint", "b text");
    }

    @Test
    void integersAndFractionsInOneCallMakeADouble() {
        var catalog = node.catalogs.evolve(
                project, Map.of("click", properties("amount", ColumnType.LONG, "Amount", ColumnType.DOUBLE)));

        assertThat(catalog.columns("click")
                        .orElseThrow()
                        .byLabel("amount")
                        .orElseThrow()
                        .type())
                .isEqualTo(ColumnType.DOUBLE);
        assertThat(columns(node.of(project), "click")).containsExactly("amount double precision");
    }

    @Test
    void aSnapshotIsOutdatedByAChangeOfTypeButNotByANewColumn() {
        var first = node.catalogs.evolve(project, Map.of("click", properties("amount", ColumnType.LONG)));
        var second = node.catalogs.evolve(project, Map.of("click", properties("b", ColumnType.LONG)));

        assertThat(isCurrent(first)).isTrue();
        assertThat(isCurrent(second)).isTrue();

        var third = node.catalogs.evolve(project, Map.of("click", properties("amount", ColumnType.DOUBLE)));
        assertThat(isCurrent(first)).isFalse();
        assertThat(isCurrent(second)).isFalse();
        assertThat(isCurrent(third)).isTrue();
    }

    @Test
    void aDatabaseWithoutStatisticsOfExpressionsTakesCollectionsAllTheSame() {
        execute(node.postgres.server(), """
                create function refuse() returns event_trigger language plpgsql as $$
                begin
                    raise feature_not_supported;
                end $$;
                create event trigger refusal on ddl_command_start when tag in ('CREATE STATISTICS') execute function refuse()
                """);
        try {
            node.catalogs.evolve(project, Map.of("click", properties("a", ColumnType.LONG)));
        } finally {
            execute(node.postgres.server(), "drop function refuse() cascade");
        }

        assertThat(columns(node.of(project), "click")).containsExactly("a bigint");
        assertThat(node.catalogs.of(project).columns("click")).isPresent();
    }

    @Test
    void aProjectThatIsGoneHasNoCatalogue() {
        var gone = new Project(4_711, project.slug());

        assertThatThrownBy(() -> node.catalogs.of(gone))
                .isInstanceOfSatisfying(
                        CallerException.class,
                        exception -> assertThat(exception.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    private boolean widened(TableStore tables, EventCollection collection, Property wide) {
        return node.of(project).transaction(connection -> tables.widen(connection, collection, wide));
    }

    private boolean isCurrent(Catalog catalog) {
        return node.of(project).transaction(connection -> {
            var version = new CatalogStore().version(connection, project);
            return node.catalogs.isCurrent(connection, project, catalog, version);
        });
    }

    private void insert(long... amounts) {
        node.catalogs.ensurePartitions(project, "click", List.of(CatalogNode.NOW));
        Arrays.stream(amounts)
                .forEach(amount -> execute(
                        node.of(project),
                        "insert into click (_id, _time, _received_at, amount) values (%d, '%s', '%s', %d)"
                                .formatted(amount, CatalogNode.NOW, CatalogNode.NOW, amount)));
    }

    private static Map<String, ColumnType> properties(Object... labelsAndTypes) {
        var properties = new LinkedHashMap<String, ColumnType>();
        for (int i = 0; i < labelsAndTypes.length; i += 2) {
            properties.put((String) labelsAndTypes[i], (ColumnType) labelsAndTypes[i + 1]);
        }
        return properties;
    }
}
