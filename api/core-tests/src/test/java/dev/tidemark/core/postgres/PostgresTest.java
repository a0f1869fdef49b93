package dev.tidemark.core.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Project;
import dev.tidemark.testkit.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresTest {

    private static final AtomicInteger PROJECTS = new AtomicInteger();

    private final PostgresAddress address;
    private final Project project;

    @AutoClose
    private final Postgres postgres;

    PostgresTest(PostgresAddress address) {
        this.address = address;
        this.postgres = Postgres.connect(address, "test", 8);
        var id = PROJECTS.incrementAndGet();
        this.project = new Project(id, "project_" + id);
    }

    @BeforeEach
    void prepare() {
        Migrations.prepare(postgres);
        execute("create schema " + project.slug());
    }

    @Test
    void aStatementStandsInItsProjectsSchemaWhoeverHadTheConnectionBefore() {
        var other = postgres.server();
        other.transaction(connection -> connection.createStatement().execute("select 1"));

        var schema = postgres.schema(project.slug())
                .statements()
                .execute()
                .get("select current_schema() as name")
                .orElseThrow()
                .column("name")
                .get(String.class);

        assertThat(schema).isEqualTo(project.slug());
    }

    @Test
    void timeLimitsThatTheDatabaseHasForOthersDoNotHoldHere() {
        var limits = Stream.of("statement_timeout", "lock_timeout", "idle_session_timeout", "transaction_timeout")
                .filter(this::isKnown)
                .toList();
        limits.forEach(limit -> execute("""
                do $$ begin execute format('alter database %%I set %s = 20000', current_database()); end $$
                """.formatted(limit)));

        try (var limited = Postgres.connect(address, "limited", 1)) {
            assertThat(limits)
                    .hasSizeGreaterThan(2)
                    .allSatisfy(limit -> assertThat(shown(limited, limit)).isEqualTo("0"));
        } finally {
            limits.forEach(limit -> execute("alter role current_user reset " + limit));
        }
    }

    private boolean isKnown(String setting) {
        return !shown(postgres, setting).isEmpty();
    }

    private static String shown(Postgres pool, String setting) {
        return pool.server()
                .statements()
                .execute()
                .get("select coalesce(current_setting(?, true), '') as value", setting)
                .orElseThrow()
                .column("value")
                .get(String.class);
    }

    @Test
    void aDatabaseThatLacksLettersIsRefused() {
        var name = postgres.server().<String>transaction(Connection::getCatalog);
        var statements = postgres.server().statements();
        statements.execute().dml("create database " + name + "_latin encoding 'LATIN1' locale 'C' template template0");
        try {
            var url = address.url().replace("/" + name, "/" + name + "_latin");
            var latin = new PostgresAddress(url, address.user(), address.password());

            assertThatThrownBy(() -> Postgres.connect(latin, "latin", 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is LATIN1")
                    .hasMessageContaining("encoding 'UTF8'");
        } finally {
            statements.execute().dml("drop database " + name + "_latin");
        }
    }

    @Test
    void whoeverFindsNoConnectionFreeWaitsAsLongAsThePoolsPatienceEvenInItsFirstMinute() throws SQLException {
        try (var impatient = Postgres.connect(address, "impatient", 1, Duration.ofMillis(500));
                var taken = impatient.connection("public")) {
            assertThat(taken.isValid(1)).isTrue();

            assertTimeout(
                    Duration.ofSeconds(20),
                    () -> assertThatThrownBy(() -> impatient.server().transaction(connection -> "lent"))
                            .isInstanceOf(CallerException.class));
        }
    }

    @Test
    void aConnectionThatCannotBeLentStandingInItsSchemaIsGivenBack() {
        try (var small = Postgres.connect(address, "small", 1, Duration.ofSeconds(1))) {
            var unspeakable = small.schema("no\0schema");

            assertThatThrownBy(() -> unspeakable.transaction(connection -> "lent"))
                    .isNotInstanceOf(CallerException.class);

            assertThat(small.server().<String>transaction(connection -> "lent")).isEqualTo("lent");
        }
    }

    @Test
    void aReadOnlySchemaRefusesToWrite() {
        var statements = postgres.readOnlySchema(project.slug()).statements();

        assertThatThrownBy(() -> statements.execute().dml("create table t (a int)"))
                .rootCause()
                .hasMessageContaining("read-only transaction");
    }

    @Test
    void migrationsRunOnceHoweverManyNodesStartAtOnce() {
        var migrations = migrations("create table once (a int); insert into once values (1)");

        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int node = 0; node < 6; node++) {
                nodes.execute(() -> new ProjectDatabases(postgres, migrations).of(project));
            }
        }

        assertThat(count("once")).isEqualTo(1);
    }

    @Test
    void onlyTheStepsThatHaveNotRunRunInTheirOrder() {
        var first = "create table steps (n int)";
        new ProjectDatabases(postgres, migrations(first)).of(project);

        var all = migrations(first, "insert into steps values (2)", "update steps set n = n + 1");
        new ProjectDatabases(postgres, all).of(project);
        new ProjectDatabases(postgres, all).of(project);

        assertThat(count("steps where n = 3")).isEqualTo(1);
        assertThat(count("steps")).isEqualTo(1);
    }

    @Test
    void aFailedMigrationLeavesNothingAndRunsAgainWhenMended() {
        var broken = migrations("create table half (a int); insert into half values ('x')");
        assertThatThrownBy(() -> new ProjectDatabases(postgres, broken).of(project))
                .isNotNull();

        new ProjectDatabases(postgres, migrations("create table half (a int)")).of(project);

        assertThat(count("half")).isZero();
    }

    @Test
    void aPluginWhoseMigrationFailsIsOutOfServiceAlone() {
        Map<String, List<Migration>> steps = new LinkedHashMap<>();
        steps.put(
                "broken",
                migrations("create table broken (a int); no sql").byModule().get("test"));
        steps.put("sound", migrations("create table sound (a int)").byModule().get("test"));
        var databases = new ProjectDatabases(postgres, new Migrations(steps, Set.of("broken", "sound")));

        assertThatNoException().isThrownBy(() -> databases.of(project));
        assertThat(count("sound")).isZero();
        assertThatNoException().isThrownBy(() -> databases.lentTo("sound").of(project));
        assertThatThrownBy(() -> databases.lentTo("broken").of(project))
                .hasMessageContaining("The tables of plugin broken")
                .hasMessageContaining("Mend the plugin, and start the server again");
    }

    @Test
    void aMigrationThatIsPutOtherwiseSaysWhatItReplaces() {
        var former = "create table otherwise (a int)";
        new ProjectDatabases(postgres, migrations(former)).of(project);
        var checksum = "5024eb0a76aebabc34d6eb292c5d24bf8f7e3ec4ec39517e58f6855616c80317";

        var replaced = migrations("-- replaces " + checksum + "\ncreate table otherwise (a int4)");

        assertThatNoException().isThrownBy(() -> new ProjectDatabases(postgres, replaced).of(project));
    }

    @Test
    void aChangedMigrationIsRefused() {
        new ProjectDatabases(postgres, migrations("create table one (a int)")).of(project);

        var changed = new ProjectDatabases(postgres, migrations("create table one (a bigint)"));

        assertThatThrownBy(() -> changed.of(project)).hasMessageContaining("was changed after it had run");
    }

    @Test
    void anOlderServerRefusesNewerTables() {
        new ProjectDatabases(postgres, migrations("create table one (a int)", "create table two (a int)")).of(project);

        var older = new ProjectDatabases(postgres, migrations("create table one (a int)"));

        assertThatThrownBy(() -> older.of(project)).hasMessageContaining("start a newer server");
    }

    @Test
    void aHintArrivesAndALostListenerCatchesUp() {
        List<String> hints = new CopyOnWriteArrayList<>();
        var catchUps = new AtomicInteger();
        try (var notifications = new Notifications(postgres)) {
            notifications.onReconnect(catchUps::incrementAndGet);
            notifications.listen("test_" + project.slug(), hints::add);

            await().untilAsserted(() -> {
                notifications.send("test_" + project.slug(), "first");
                assertThat(hints).contains("first");
            });
            var before = catchUps.get(); // the first connection may have been made before anybody asked to be told
            execute("select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %'"
                    + " and datname = current_database()");
            await().until(() -> catchUps.get() > before);

            await().untilAsserted(() -> {
                notifications.send("test_" + project.slug(), "second");
                assertThat(hints).contains("second");
            });
        }
    }

    private static Migrations migrations(String... steps) {
        var all = java.util.stream.IntStream.range(0, steps.length)
                .mapToObj(i -> new Migration(i + 1, "00" + (i + 1) + "_step.sql", steps[i]))
                .toList();
        return new Migrations(Map.of("test", all));
    }

    private long count(String table) {
        return postgres.schema(project.slug()).transaction(connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("select count(*) from " + table)) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    private void execute(String sql) {
        postgres.server().transaction(connection -> connection.createStatement().execute(sql));
    }
}
