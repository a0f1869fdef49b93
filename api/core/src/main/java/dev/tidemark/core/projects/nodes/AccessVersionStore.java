package dev.tidemark.core.projects.nodes;

import dev.tidemark.spi.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Table {@code access_version}: how often keys and projects changed. */
public final class AccessVersionStore {

    private final Database database;

    public AccessVersionStore(Database database) {
        this.database = database;
    }

    /** Raises it, as the last step of the transaction that changes something. */
    public static long raise(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update access_version
                set version = version + 1
                returning version
                """)) {
            return number(statement);
        }
    }

    long current() {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement("select version from access_version")) {
                return number(statement);
            }
        });
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
