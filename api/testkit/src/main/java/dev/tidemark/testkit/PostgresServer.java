package dev.tidemark.testkit;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.spi.SqlName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The PostgreSQL that the tests of one JVM share: the server at {@code -Dpostgres.url=jdbc:postgresql://…?user=…}, a
 * container with {@code -Dpostgres=testcontainers} where Docker runs, else an embedded one. The two last end with the JVM.
 */
final class PostgresServer {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** The other strategy writes each page to the log, which takes twice as long. A cluster of Citus knows no other. */
    private static final String BY_FILES = " strategy file_copy";

    private final PostgresAddress administrator;
    private final String strategy;
    /** Kept: to make one takes the server longer than most that is done on it. */
    private final Connection connection;

    private PostgresServer(PostgresAddress administrator, String strategy) {
        this.administrator = administrator;
        this.strategy = strategy;
        try {
            this.connection =
                    DriverManager.getConnection(administrator.url(), administrator.user(), administrator.password());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static PostgresServer start() {
        var url = System.getProperty("postgres.url", "");
        if (!url.isEmpty()) {
            return new PostgresServer(given(url), "");
        }
        return System.getProperty("postgres", "embedded").equals("testcontainers") ? container() : embedded();
    }

    /** A database of its own for whoever asks. */
    PostgresAddress create() {
        var name = "test_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
        execute("create database " + SqlName.quoted(name) + strategy);
        var url = administrator.url();
        var parameters = url.indexOf('?') < 0 ? "" : url.substring(url.indexOf('?'));
        return new PostgresAddress(
                url.substring(0, url.lastIndexOf('/') + 1) + name + parameters,
                administrator.user(),
                administrator.password());
    }

    void drop(PostgresAddress database) {
        var path = database.url().substring(database.url().lastIndexOf('/') + 1);
        var drop = "drop database if exists " + SqlName.quoted(path.replaceAll("\\?.*", "")) + " with (force)";
        try {
            execute(drop);
        } catch (IllegalStateException e) {
            // a daemon of Citus that has only begun to look after the database does not hear that it is to end: its
            // worker keeps it
            execute("set citus.enable_create_database_propagation = off");
            execute(drop);
            execute("reset citus.enable_create_database_propagation");
        }
    }

    private static PostgresServer embedded() {
        try {
            var postgres = EmbeddedServer.start();
            return new PostgresServer(
                    new PostgresAddress(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres"), BY_FILES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PostgresServer container() {
        var container = new PostgreSQLContainer("postgres:18");
        container.start();
        return new PostgresServer(
                new PostgresAddress(container.getJdbcUrl(), container.getUsername(), container.getPassword()),
                BY_FILES);
    }

    private static PostgresAddress given(String url) {
        return new PostgresAddress(
                url, System.getProperty("postgres.user", "postgres"), System.getProperty("postgres.password", ""));
    }

    private void execute(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
