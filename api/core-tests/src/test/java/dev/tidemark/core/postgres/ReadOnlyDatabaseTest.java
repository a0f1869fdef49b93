package dev.tidemark.core.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.DatabaseException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Event;
import dev.tidemark.testkit.PostgresExtension;
import dev.tidemark.testkit.TestEngine;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A database that takes no writes: a standby, or one whose operator or disk had it set so. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class ReadOnlyDatabaseTest {

    private static final String DECLARE =
            "mutation { declareCollection(input: {name: \"visit\"}) { userErrors { code } } }";

    @Test
    void eventsAndMutationsAreRefusedUntilItTakesWritesAgain(PostgresAddress database) throws SQLException {
        try (var engine = TestEngine.start(database);
                var administrator = administrator(database)) {
            var project = engine.project();
            project.collect(Event.of("click"));

            set(administrator, "set default_transaction_read_only = on");
            connectAnew(administrator);

            var refusals = IntStream.range(0, 10)
                    .mapToObj(attempt -> catchThrowable(() -> project.collect(Event.of("click"))));
            assertThat(refusals).allMatch(ReadOnlyDatabaseTest::mayPass);
            assertThat(project.answer(DECLARE, Map.of()).toString()).contains("UNAVAILABLE", "takes no writes now");

            set(administrator, "reset default_transaction_read_only");

            await().ignoreExceptionsMatching(ReadOnlyDatabaseTest::mayPass)
                    .untilAsserted(() -> project.collect(Event.of("click")));
        }
    }

    @Test
    void aServerSaysThatItCannotStartThere(PostgresAddress database) throws SQLException {
        try (var administrator = administrator(database)) {
            set(administrator, "set default_transaction_read_only = on");
            try {
                assertThatThrownBy(() -> TestEngine.start(database))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("takes no writes");
            } finally {
                set(administrator, "reset default_transaction_read_only");
            }
        }
    }

    @Test
    void aServerSaysWhatItsUserLacks(PostgresAddress database) throws SQLException {
        try (var administrator = administrator(database);
                var statement = administrator.createStatement()) {
            statement.execute("create role guest login password 'guest'");
            var guest = new PostgresAddress(database.url().replaceFirst("\\?.*", ""), "guest", "guest");
            try {
                assertThatThrownBy(() -> TestEngine.start(guest))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("grant create on database");
            } finally {
                statement.execute("drop role guest");
            }
        }
    }

    private static Connection administrator(PostgresAddress database) throws SQLException {
        var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
        try (var statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
        }
        return connection;
    }

    /** The second is of a connection that was ended. */
    private static boolean mayPass(Throwable refusal) {
        return switch (refusal) {
            case CallerException told -> told.code() == ErrorCode.UNAVAILABLE;
            case DatabaseException failure -> SqlState.isUnavailable(failure.sqlState());
            default -> false;
        };
    }

    private static void set(Connection administrator, String change) throws SQLException {
        try (var statement = administrator.createStatement()) {
            statement.execute("""
                    do $$ begin execute format('alter database %%I %s', current_database()); end $$
                    """.formatted(change));
        }
    }

    /** What is set holds for those who connect from now on. */
    private static void connectAnew(Connection administrator) throws SQLException {
        try (var statement = administrator.createStatement()) {
            statement.execute("""
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
                    """);
        }
    }
}
