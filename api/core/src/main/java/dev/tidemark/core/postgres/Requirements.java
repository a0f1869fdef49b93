package dev.tidemark.core.postgres;

import dev.tidemark.spi.CallerException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;

/** What Tidemark needs of a database, looked at before it is used. */
public record Requirements(Postgres postgres) {

    private static final int OLDEST_VERSION = 15;
    private static final String ENCODING = "UTF8";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /**
     * Makes sure that what is set for a connection, such as the schema in which it stands, holds for it alone.
     *
     * @throws IllegalStateException when the database is asked by a pooler that gives each transaction another session
     * @throws CallerException when it cannot be reached
     */
    public void checkSessions() {
        var address = postgres.address();
        try (var one = postgres.connection(Postgres.SERVER_SCHEMA);
                var other = DriverManager.getConnection(address.url(), address.properties())) {
            if (!SessionStore.isOwn(one, other)) {
                throw new IllegalStateException(
                        address.url() + " is a pooler of connections that gives each transaction another"
                                + " session of PostgreSQL: what is of one project would reach others. Give the address of PostgreSQL"
                                + " itself, or of a pool whose mode is session; Tidemark pools its connections itself.");
            }
        } catch (SQLException e) {
            throw SqlState.asException(e);
        }
    }

    /** @throws IllegalStateException when PostgreSQL is too old, or the database's encoding is another */
    void check() {
        var server = server(System.nanoTime() + PATIENCE.toNanos());
        var url = postgres.address().url();
        if (server.version() < OLDEST_VERSION) {
            throw new IllegalStateException("Tidemark needs PostgreSQL " + OLDEST_VERSION + " or newer; " + url
                    + " is version " + server.version() + ".");
        }
        if (!server.encoding().equals(ENCODING)) {
            throw new IllegalStateException(
                    "Tidemark needs a database that keeps the texts of all languages; the encoding of " + url + " is "
                            + server.encoding() + ". Make one by: create database tidemark encoding '" + ENCODING
                            + "' template template0");
        }
    }

    /** The pool itself waits between the attempts. */
    private Server server(long until) {
        while (true) {
            try {
                return postgres.server()
                        .transaction(connection -> new Server(
                                connection.getMetaData().getDatabaseMajorVersion(),
                                Objects.requireNonNullElse(
                                        Postgres.parameter(connection, "server_encoding"), ENCODING)));
            } catch (CallerException e) {
                if (System.nanoTime() - until >= 0) {
                    throw e;
                }
            }
        }
    }

    private record Server(int version, String encoding) {}
}
