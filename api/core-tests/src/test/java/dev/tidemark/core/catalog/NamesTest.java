package dev.tidemark.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.catalog.names.Names;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Order Total",
                "orderTotal",
                "order_total",
                "ORDER TOTAL",
                "OrderTotal",
                "order-total",
                "order.total",
                "order/total",
                "order:total",
                "order  total",
                "order__total",
                " order total ",
                "Order\u00a0Total"
            })
    void caseAndSeparatorsMakeNoDifference(String label) {
        assertThat(Names.column(label)).contains("order_total");
        assertThat(Names.table(label)).contains("order_total");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPStatus, http_status, httpStatus",
        "orderID, order_id, orderId",
        "page2Url, page2_url, page2Url",
        "utm_source, utm_source, utmSource",
        "a_1, a_1, a_1",
        "a1, a1, a1",
        "select, select, select",
        "order, order, order",
        "time, time, time",
        "user, user, user"
    })
    void aPlainNameIsItsWords(String label, String column, String graphql) {
        assertThat(Names.column(label)).contains(column);
        assertThat(Names.graphql(column)).isEqualTo(graphql);
    }

    @ParameterizedTest
    @CsvSource({
        "0, n0_5feceb66",
        "2nd visit, n2nd_visit_b59f266c",
        "$1, n1_",
        "__typename, typename_",
        "__proto__, proto_",
        "_user, user_",
        "_id, id_",
        "_time, time_",
        "-, n_",
        "___, n_",
        "😀, n_",
        "ctid, ctid_",
        "xmin, xmin_",
        "xMax, x_max",
        "XMAX, xmax_",
        "oid, oid_",
        "tableoid, tableoid_",
        "a$b, a_b_",
        "order_deadbeef, order_deadbeef_",
        "x' || pg_sleep(5) || ', x_pg_sleep_5_",
        "'a\"; drop table x; --', a_drop_table_x_"
    })
    void aNameThatDoesNotTellItsLabelGetsTheLabelsHash(String label, String start) {
        var column = Names.column(label).orElseThrow();

        assertThat(column).startsWith(start);
        assertThat(column).matches("[a-z][a-z0-9_]*");
        assertThat(Names.graphql(column)).matches("[a-z][A-Za-z0-9_]*");
    }

    @Test
    void labelsThatLookAlikeAfterCleaningKeepTheirOwnColumns() {
        var labels = List.of("user", "_user", "__user", "us$er", "us€er", "us_er", "user😀", "user❤", "user_5feceb66");

        assertThat(labels.stream().map(label -> Names.column(label).orElseThrow()))
                .doesNotHaveDuplicates();
        assertThat(labels.stream()
                        .map(label -> Names.graphql(Names.column(label).orElseThrow())))
                .doesNotHaveDuplicates();
    }

    @Test
    void aNameThatIsDerivedCannotBeTakenBySendingIt() {
        var derived = Names.column("0").orElseThrow();

        assertThat(Names.column(derived)).isPresent().get().isNotEqualTo(derived);
    }

    @Test
    void namesThatPostgresWouldCutAreCutHereAndKeptApart() {
        var stem = "a".repeat(63);
        var columns = List.of(stem, stem + "a", stem + "b", "ğ".repeat(31), "ğ".repeat(32), "ğ".repeat(33)).stream()
                .map(label -> Names.column(label).orElseThrow())
                .toList();

        assertThat(columns).doesNotHaveDuplicates();
        assertThat(columns).allMatch(column -> column.getBytes(StandardCharsets.UTF_8).length <= 63);
        assertThat(columns.getFirst()).isEqualTo(stem);
        assertThat(columns.get(3)).isEqualTo("ğ".repeat(31));
        assertThat(columns.get(4)).startsWith("ğ".repeat(27) + "_");
    }

    @Test
    void composedAndDecomposedAreOneName() {
        assertThat(Names.column("cafe\u0301")).isEqualTo(Names.column("caf\u00e9"));
        assertThat(Names.column("e\u0301$")).isEqualTo(Names.column("\u00e9$"));
    }

    @Test
    void lettersOfEveryScriptAreLetters() {
        assertThat(Names.column("Страна Пользователя")).contains("страна_пользователя");
        assertThat(Names.column("国家")).contains("国家");
        assertThat(Names.column("हिन्दी")).contains("हिन्दी");
        assertThat(Names.column("cоuntry")).isNotEqualTo(Names.column("country"));
        assertThat(Names.column("ｐage_view")).isNotEqualTo(Names.column("page_view"));
    }

    @Test
    void graphqlNamesAreAsciiAndKeptApart() {
        assertThat(Names.graphql("größe")).matches("gre_?[A-Za-z0-9]{8}").isNotEqualTo(Names.graphql("gräe"));
        assertThat(Names.graphql("страна")).matches("n_?[A-Za-z0-9]{8}").isNotEqualTo(Names.graphql("город"));
        assertThat(Names.graphql("страна_total")).startsWith("total");
        assertThat(Names.graphql("total_страна")).startsWith("total").isNotEqualTo("total");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u00a0\u3000",
                "\u200b",
                "a\u200bb",
                "\u202egnp",
                "a\nb",
                "a\tb",
                "a\u0000",
                "\ud800",
                "a\u2028b",
                "\ufeff"
            })
    void whatNobodyCanSeeIsNoName(String label) {
        assertThat(Names.column(label)).isEmpty();
        assertThat(Names.table(label)).isEmpty();
        assertThat(Names.propertyProblem(label)).isPresent();
        assertThat(Names.collectionProblem(label)).isPresent();
    }

    @Test
    void invisibleLettersDoNotHideInNames() {
        assertThat(Names.column("user\u3164")).isPresent().get().isNotEqualTo("user");
        assertThat(Names.column("user\u3164").orElseThrow()).matches("user_[0-9a-f]{8}");
    }

    @Test
    void namesHaveALimit() {
        assertThat(Names.column("a".repeat(200))).isPresent();
        assertThat(Names.column("a".repeat(201))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"_user_mailbox", "_materialized_x", "_p1_202601", "__proto__"})
    void aCollectionCannotTakeANameOfTheEnginesOwn(String label) {
        assertThat(Names.table(label)).isEmpty();
        assertThat(Names.collectionProblem(label).orElseThrow()).contains("underscore");
    }

    @Test
    void aCollectionCannotHideBehindPostgresOwnTables() {
        assertThat(Names.table("pg_class").orElseThrow()).startsWith("pg_class_");
        assertThat(Names.column("pg_class")).contains("pg_class");
        assertThat(Names.table("blog.purchase")).contains("blog_purchase");
    }
}
