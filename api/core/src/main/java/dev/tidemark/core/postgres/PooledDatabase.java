package dev.tidemark.core.postgres;

import dev.tidemark.core.memory.AnswerMemory;
import dev.tidemark.spi.Database;
import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import io.helidon.dbclient.jdbc.JdbcConnectionPool;
import io.helidon.dbclient.jdbc.JdbcParametersConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** One schema, over the connections of a pool. */
final class PooledDatabase implements Database {

    private static final int ATTEMPTS = 6;

    /** Bound where this thread has a connection already: if it waited for another, it would keep both from all others. */
    private static final ScopedValue<Boolean> HAS_TURN = ScopedValue.newInstance();

    private final Postgres postgres;
    private final String schema;
    private final DbClient statements;

    PooledDatabase(Postgres postgres, String schema, boolean readOnly) {
        this.postgres = postgres;
        this.schema = schema;
        JdbcConnectionPool pool = new JdbcConnectionPool() {
            @Override
            public Connection connection() {
                return postgres.connection(schema, readOnly);
            }
        };
        this.statements = JdbcClientBuilder.create()
                .connectionPool(pool)
                .parametersSetter(
                        JdbcParametersConfig.builder().useStringBinding(false).build())
                .build();
    }

    @Override
    public DbClient statements() {
        return statements;
    }

    @Override
    public <T> T transaction(Work<T> work) {
        var answer = AnswerMemory.current();
        if (answer.isEmpty() || HAS_TURN.isBound()) {
            return attempted(work);
        }
        try (var _ = postgres.turns().take(answer.get().holder())) {
            return ScopedValue.where(HAS_TURN, true).call(() -> attempted(work));
        }
    }

    private <T> T attempted(Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try (var connection = postgres.connection(schema)) {
                return inTransaction(connection, work);
            } catch (SQLException e) {
                var state = e.getSQLState() == null ? "" : e.getSQLState();
                if (!SqlState.isConflict(state) || attempt == ATTEMPTS) {
                    throw SqlState.asException(e);
                }
                backOff(attempt);
            }
        }
    }

    private <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            var result = work.run(connection);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(connection, e);
            if (e instanceof SQLException failure && SqlState.isReadOnly(String.valueOf(failure.getSQLState()))) {
                // a later one may write, or lead to the server that is the primary one by then
                postgres.giveUp(connection);
            }
            throw e;
        }
    }

    private static void rollBack(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Two transactions that met in a conflict should not meet again. */
    private static void backOff(int attempt) {
        var most = Duration.ofMillis(4L << attempt).toNanos();
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most));
    }
}
