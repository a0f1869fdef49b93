package dev.tidemark.server.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A connection of a test. */
record Session(Connection connection) implements AutoCloseable {

    static Session of(EmbeddedDatabase database) throws SQLException {
        return new Session(DriverManager.getConnection(database.url(), database.user(), database.password()));
    }

    /** To a database that another process runs. */
    static Session of(Path directory) throws SQLException, IOException {
        Access access = Access.of(Home.existing(directory));
        return new Session(DriverManager.getConnection(access.url(), Access.USER, access.password()));
    }

    void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String value(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
