package dev.tidemark.customers;

import static dev.tidemark.customers.Shops.identified;
import static dev.tidemark.customers.Shops.merge;
import static dev.tidemark.customers.Shops.properties;
import static dev.tidemark.customers.Shops.unmerge;
import static dev.tidemark.customers.Shops.visit;
import static dev.tidemark.testkit.Json.list;
import static dev.tidemark.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.CallerException;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import dev.tidemark.testkit.TestProject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The operator's own users table is another schema of the tests' database. */
@Timeout(180)
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsersTableTest {

    private static final String NOWHERE = "jdbc:postgresql://127.0.0.1:1/crm";

    private PostgresAddress address;
    private TestEngine engine;
    private Connection crm;

    @BeforeAll
    void start(PostgresAddress database) throws SQLException {
        address = database;
        crm = DriverManager.getConnection(database.url(), database.user(), database.password());
        run("create schema crm");
        run("create table crm.accounts (email text, plan text, birth_age int, address jsonb, secret text)");
        engine = TestEngine.start(
                database,
                Map.ofEntries(
                        Map.entry("customers.users-tables", "crm_shop, away_shop, large_shop, twins_shop"),
                        Map.entry("customers.copy-every", "200ms"),
                        Map.entry("customers.time-limit", "2s"),
                        Map.entry("customers.crm_shop.url", database.url()),
                        Map.entry("customers.crm_shop.user", database.user()),
                        Map.entry("customers.crm_shop.password", database.password()),
                        Map.entry("customers.crm_shop.table", "crm.accounts"),
                        Map.entry("customers.crm_shop.id", "email"),
                        Map.entry("customers.crm_shop.properties", "plan, age: birth_age, address"),
                        Map.entry("customers.large_shop.url", database.url()),
                        Map.entry("customers.large_shop.user", database.user()),
                        Map.entry("customers.large_shop.password", database.password()),
                        Map.entry("customers.large_shop.table", "crm.pictures"),
                        Map.entry("customers.twins_shop.url", database.url()),
                        Map.entry("customers.twins_shop.user", database.user()),
                        Map.entry("customers.twins_shop.password", database.password()),
                        Map.entry("customers.twins_shop.table", "crm.twins"),
                        Map.entry("customers.away_shop.url", NOWHERE),
                        Map.entry("customers.away_shop.table", "users")),
                Optional.empty());
    }

    @AfterAll
    void stop() throws SQLException {
        engine.close();
        crm.close();
    }

    @Test
    void aUsersTableStandsInReadOnlyAndFollowsWhoIsWhoAndItsOwnChanges() throws SQLException {
        run("""
                insert into crm.accounts values
                    ('ada', 'pro', 36, '{"city": "Bern"}', 's'),
                    ('ada@example.org', 'old', 35, null, 's'),
                    ('bob', 'free', null, null, 's'),
                    (' ', 'nobody', 1, null, 's'),
                    (null, 'nobody', 1, null, 's')
                """);
        var shop = engine.project("crm_shop");
        shop.collect(visit("ada", 0), visit("ada@example.org", 0), visit("bob", 0));
        soon(() -> assertThat(known(shop)).containsOnlyKeys("ada", "ada@example.org", "bob"));

        assertThat(properties(shop, "ada")).isEqualTo(Map.of("plan", "pro", "age", 36L, "address.city", "Bern"));
        assertThat(object(shop.query("{ usersTable { table customers skipped problem } }"), "usersTable"))
                .containsEntry("table", "crm.accounts")
                .containsEntry("customers", 3L)
                .containsEntry("skipped", 1L)
                .containsEntry("problem", null);
        assertThat(shop.answer(
                                "mutation { updateCustomers(input: {customers: {id: \"ada\"}}) { updated userErrors { code message } } }",
                                Map.of())
                        .toString())
                .contains("CONFLICT", "crm.accounts");
        assertThat(visitsOf(shop, "pro")).isEqualTo(1);

        var fact = merge(shop, "ada@example.org", "ada");
        shop.collect(identified("device", "bob").with("plan", "told"));

        soon(() -> assertThat(object(shop.query("{ customer(id: \"device\") { id } }"), "customer"))
                .containsEntry("id", "bob"));
        assertThat(known(shop)).isEqualTo(Map.of("ada", "pro", "bob", "free"));
        assertThat(visitsOf(shop, "pro")).isEqualTo(2);

        unmerge(shop, fact);
        run("update crm.accounts set plan = null, birth_age = 37 where email = 'ada'");
        run("delete from crm.accounts where email = 'bob'");

        soon(() -> assertThat(known(shop)).containsOnlyKeys("ada", "ada@example.org"));
        soon(() -> assertThat(properties(shop, "ada")).isEqualTo(Map.of("age", 37L, "address.city", "Bern")));
        whoIsErasedIsNotCopiedAgainWhileTheyAreThere(shop);
        whenItIsAwayQuestionsAreRefusedOnceTheCopyIsOld(shop);
    }

    private void whoIsErasedIsNotCopiedAgainWhileTheyAreThere(TestProject shop) throws SQLException {
        run("insert into crm.accounts values ('eve', 'pro')");
        soon(() -> assertThat(known(shop)).containsKey("eve"));

        shop.query("mutation { eraseUser(input: {user: \"eve\"}) { userErrors { message } } }");
        soon(() -> assertThat(known(shop)).doesNotContainKey("eve"));
        run("update crm.accounts set plan = 'changed' where email = 'eve'");
        run("insert into crm.accounts values ('fay', 'pro')");
        soon(() -> assertThat(known(shop)).containsKey("fay"));

        assertThat(known(shop)).doesNotContainKey("eve");
        assertThat(object(shop.query("{ usersTable { customers skipped } }"), "usersTable"))
                .containsValues(3L, 2L);

        alsoAfterTheirRowWasTooLargeToBeCopied(shop);
        run("delete from crm.accounts where email = 'eve'");
        run("delete from crm.accounts where email = 'fay'");
        soon(() -> assertThat(known(shop)).doesNotContainKey("fay"));
        run("insert into crm.accounts values ('eve', 'come back')");
        soon(() -> assertThat(known(shop)).containsEntry("eve", "come back"));
        run("delete from crm.accounts where email = 'eve'");
        soon(() -> assertThat(known(shop)).doesNotContainKey("eve"));
    }

    private void alsoAfterTheirRowWasTooLargeToBeCopied(TestProject shop) throws SQLException {
        run("update crm.accounts set plan = repeat('x', 1200000) where email = 'eve'");
        run("update crm.accounts set plan = 'copied meanwhile' where email = 'fay'");
        soon(() -> assertThat(known(shop)).containsEntry("fay", "copied meanwhile"));
        run("update crm.accounts set plan = 'small again' where email = 'eve'");
        run("update crm.accounts set plan = 'copied after' where email = 'fay'");
        soon(() -> assertThat(known(shop)).containsEntry("fay", "copied after"));

        assertThat(known(shop)).doesNotContainKey("eve");
    }

    private void whenItIsAwayQuestionsAreRefusedOnceTheCopyIsOld(TestProject shop) throws SQLException {
        crm.setAutoCommit(false);
        run("lock table crm.accounts in access exclusive mode");
        soon(() -> assertThat(problem(shop)).contains("did not answer within PT2S", "customers.time-limit"));
        run("alter table crm.accounts rename to moved");
        crm.commit();
        crm.setAutoCommit(true);
        soon(() -> assertThat(problem(shop)).contains("there is no such table", "customers.crm_shop.table"));

        assertThat(properties(shop, "ada")).containsEntry("age", 37L);
        run("update crm_shop._users_copy_state set copied_at = '2000-01-01'");

        var counted =
                "{ aggregate(collection: \"visit\", measures: {measure: COUNT}, where: %s) { rows { measures } } }";
        for (var question : List.of(
                "{ customer(id: \"ada\") { properties } }",
                "{ customers { totalCount } }",
                counted.formatted("{property: {name: \"_person.plan\", eq: \"pro\"}}"))) {
            soon(() -> assertThat(shop.answer(question, Map.of()).toString())
                    .contains("UNAVAILABLE", "there is no such table")
                    .doesNotContain("select"));
        }
        assertThat(shop.query(counted.formatted("{property: {name: \"page\", eq: \"/\"}}")))
                .isNotEmpty();

        run("alter table crm.moved rename to accounts");
        soon(() -> assertThat(properties(shop, "ada")).containsEntry("age", 37L));
        run("insert into crm.accounts values ('ada', 'twice')");
        soon(() -> assertThat(problem(shop)).contains("several rows of one id", "customers.crm_shop.id"));
    }

    @Test
    void rowsThatAreTooLargeToBeHeldAreNobodys() throws SQLException {
        run("""
                create table crm.pictures as
                select 'c' || number as id, repeat('x', case when number = 7 then 1500000 else 10 end) as picture
                from generate_series(1, 100) as number
                """);
        var shop = engine.project("large_shop");

        soon(() -> assertThat(object(shop.query("{ usersTable { customers skipped problem } }"), "usersTable"))
                .containsEntry("customers", 99L)
                .containsEntry("skipped", 1L)
                .containsEntry("problem", null));
        customersWhoBecomeSmallAllAtOnceAreCopied(shop);
    }

    private void customersWhoBecomeSmallAllAtOnceAreCopied(TestProject shop) throws SQLException {
        run("insert into crm.pictures select 'd' || number, '' from generate_series(1, 1900) as number");
        soon(() -> assertThat(object(shop.query("{ usersTable { customers } }"), "usersTable"))
                .containsEntry("customers", 1999L));
        var tooMuchTogether = Runtime.getRuntime().maxMemory() / 32 / 1900 + 1;

        run("""
                update large_shop._users_copy
                set _extra = jsonb_build_object('bio', repeat('x', %d)), _read = 0
                where _person like 'd%%'
                """.formatted(tooMuchTogether));

        soon(() -> assertThat(count("select count(*) from large_shop._users_copy where _extra is not null"))
                .isZero());
    }

    @Test
    void columnsThatAreOnePropertyKeepTheirValuesApart() throws SQLException {
        run("create table crm.twins (id text, \"Plan\" text, plan text)");
        run("insert into crm.twins values ('ada', 'gold', 'pro'), ('bob', null, 'free'), ('cyd', 'silver', null)");
        var shop = engine.project("twins_shop");
        soon(() -> assertThat(known(shop)).containsOnlyKeys("ada", "bob", "cyd"));

        assertThat(properties(shop, "ada")).isEqualTo(Map.of("Plan", "gold", "plan", "pro"));
        assertThat(properties(shop, "bob").values()).containsExactly("free");
        assertThat(properties(shop, "cyd").values()).containsExactly("silver");

        run("update crm.twins set \"Plan\" = null where id = 'ada'");

        soon(() -> assertThat(properties(shop, "ada").values()).containsExactly("pro"));
        run("update crm.twins set \"Plan\" = 'tin', plan = 'max' where id = 'ada'");
        soon(() -> assertThat(properties(shop, "ada")).isEqualTo(Map.of("Plan", "tin", "plan", "max")));
        run("update crm.twins set plan = null where id = 'ada'");
        soon(() -> assertThat(properties(shop, "ada").values()).containsExactly("tin"));
    }

    @Test
    void oneThatWasNeverThereIsNamedWithTheRemedy() {
        var shop = engine.project("away_shop");

        soon(() -> assertThat(
                        shop.answer("{ customers { totalCount } }", Map.of()).toString())
                .contains("UNAVAILABLE", "users table users of project away_shop", "customers.away_shop.url"));
    }

    @Test
    void settingsThatSayTooLittleRefuseTheStart() {
        assertThatThrownBy(() -> TestEngine.start(
                        address,
                        Map.of("customers.users-tables", "shop", "customers.shop.url", NOWHERE),
                        Optional.empty()))
                .isInstanceOf(CallerException.class)
                .hasMessageContaining("customers.shop.table names the users table");
    }

    /** The plans of customers by their ids. */
    private static Map<String, String> known(TestProject project) {
        return list(object(project.query("{ customers { nodes { id properties } } }"), "customers"), "nodes").stream()
                .collect(Collectors.toMap(
                        customer -> String.valueOf(customer.get("id")),
                        customer ->
                                String.valueOf(object(customer, "properties").get("plan"))));
    }

    private static long visitsOf(TestProject project, String plan) {
        var answer = project.query("""
                { aggregate(collection: "visit", measures: {measure: COUNT},
                    where: {property: {name: "_person.plan", eq: "%s"}}) { rows { measures } } }
                """.formatted(plan));
        var row = list(object(answer, "aggregate"), "rows").getFirst();
        return ((Number) object(row, "measures").values().iterator().next()).longValue();
    }

    private static String problem(TestProject project) {
        return String.valueOf(object(project.query("{ usersTable { problem } }"), "usersTable")
                .get("problem"));
    }

    private long count(String sql) throws SQLException {
        try (var statement = crm.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void run(String sql) throws SQLException {
        try (var statement = crm.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void soon(ThrowingRunnable assertion) {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(assertion);
    }
}
