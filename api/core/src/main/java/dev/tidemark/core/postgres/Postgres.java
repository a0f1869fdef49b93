package dev.tidemark.core.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tidemark.core.memory.AnswerMemory;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** A pool of connections to one PostgreSQL database, lent out standing in one schema. */
public final class Postgres implements AutoCloseable {

    static final String SERVER_SCHEMA = "tidemark";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Within a transaction: a node that freezes there holds up the others no longer. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** Amid a statement: what a killed node or a question that is given up leaves running ends so soon. */
    private static final Duration LOOK_FOR_US = Duration.ofMillis(250);

    /** Those that an operator gave the database or its role are for others: here whatever may take long has a limit of its own. */
    private static final String OUR_LIMITS = """
            set idle_in_transaction_session_timeout = %d;
            set client_connection_check_interval = %d;
            set statement_timeout = 0;
            set lock_timeout = 0;
            set idle_session_timeout = 0;
            select set_config('transaction_timeout', '0', false)
            where current_setting('server_version_num')::int >= 170000""".formatted(LONGEST_PAUSE.toMillis(), LOOK_FOR_US.toMillis());

    private final PostgresAddress address;
    private final HikariDataSource pool;
    private final ConnectionTurns turns;
    private final Map<String, Database> databases = new ConcurrentHashMap<>();
    private final Map<String, Database> readOnlyDatabases = new ConcurrentHashMap<>();
    private final Map<Connection, Standing> currentSchemas = Collections.synchronizedMap(new WeakHashMap<>());
    private final LongAdder lent = new LongAdder();

    private Postgres(PostgresAddress address, HikariDataSource pool) {
        this.address = address;
        this.pool = pool;
        this.turns = new ConnectionTurns(pool.getMaximumPoolSize(), Duration.ofMillis(pool.getConnectionTimeout()));
    }

    /**
     * Opens a pool. Connections are made when they are needed, so a database that is away is noticed by its first use.
     *
     * @throws IllegalStateException when PostgreSQL is older than 15, or the database's encoding is not UTF-8
     * @throws CallerException when it cannot be reached, though a database that has just started is given a minute
     */
    public static Postgres connect(PostgresAddress address, String name, int maximumConnections) {
        return connect(address, name, maximumConnections, PATIENCE);
    }

    /** @param patience how long one waits for a connection of the pool */
    public static Postgres connect(PostgresAddress address, String name, int maximumConnections, Duration patience) {
        var config = new HikariConfig();
        config.setJdbcUrl(address.url());
        config.setDataSourceProperties(address.properties());
        config.addDataSourceProperty("maxResultBuffer", Long.toString(AnswerMemory.largestResult()));
        config.setPoolName("tidemark-" + name);
        config.setMaximumPoolSize(maximumConnections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(patience.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql(OUR_LIMITS);
        var postgres = new Postgres(address, new HikariDataSource(config));
        try {
            new Requirements(postgres).check();
        } catch (RuntimeException e) {
            postgres.close();
            throw e;
        }
        return postgres;
    }

    public PostgresAddress address() {
        return address;
    }

    /** Schema {@code tidemark}. */
    public Database server() {
        return schema(SERVER_SCHEMA);
    }

    public Database schema(String name) {
        return databases.computeIfAbsent(name, schema -> new PooledDatabase(this, schema, false));
    }

    /** The same schema, whose single statements can only read. */
    public Database readOnlySchema(String name) {
        return readOnlyDatabases.computeIfAbsent(name, schema -> new PooledDatabase(this, schema, true));
    }

    /** A connection in autocommit that stands in the schema; closing it gives it back. */
    Connection connection(String schema) {
        return connection(schema, false);
    }

    /** @param readOnly whether its single statements can only read */
    Connection connection(String schema, boolean readOnly) {
        try {
            return lend(schema, readOnly);
        } catch (SQLTransientConnectionException e) {
            throw new CallerException(ErrorCode.UNAVAILABLE, "The database cannot be reached now: try again later.");
        } catch (SQLException e) {
            throw SqlState.asException(e);
        }
    }

    private Connection lend(String schema, boolean readOnly) throws SQLException {
        var connection = pool.getConnection();
        lent.increment();
        try {
            stand(connection, schema);
            if (readOnly) {
                connection.setReadOnly(true);
            }
            return connection;
        } catch (SQLException | RuntimeException | Error e) {
            try (connection) {
                throw e;
            }
        }
    }

    private void stand(Connection connection, String schema) throws SQLException {
        var physical = connection.unwrap(Connection.class);
        if (!Objects.equals(currentSchemas.get(physical), new Standing(schema, searchPath(physical)))) {
            var answerMillis = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, (int) PATIENCE.toMillis());
            connection.setSchema(schema);
            connection.setNetworkTimeout(Runnable::run, answerMillis);
            currentSchemas.put(physical, new Standing(schema, searchPath(physical)));
        }
    }

    /** Whoever had a connection before may have set it; null: PostgreSQL before version 18 does not say so. */
    private static @Nullable String searchPath(Connection physical) throws SQLException {
        return parameter(physical, "search_path");
    }

    /** What PostgreSQL tells of itself unasked. */
    static @Nullable String parameter(Connection connection, String name) throws SQLException {
        return connection.unwrap(PGConnection.class).getParameterStatus(name);
    }

    /**
     * Where a connection was left.
     *
     * @param searchPath as PostgreSQL told it then
     */
    private record Standing(String schema, @Nullable String searchPath) {}

    /** Lends it to nobody any more. */
    void giveUp(Connection connection) {
        pool.evictConnection(connection);
    }

    /** Of the pool, for who works for an answer. */
    ConnectionTurns turns() {
        return turns;
    }

    /** How many connections were lent so far. */
    long lent() {
        return lent.sum();
    }

    /** How many are lent now. */
    int busy() {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    /** How many threads wait for one now. */
    int waitedFor() {
        return pool.getHikariPoolMXBean().getThreadsAwaitingConnection();
    }

    @Override
    public void close() {
        pool.close();
    }
}
