package dev.tidemark.core.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Whether connections are sessions of PostgreSQL, or share such behind a pooler. */
final class SessionStore {

    /** A pooler may hand out its sessions in turns, and so the same one twice by chance. */
    private static final int LOOKS = 4;

    private SessionStore() {}

    /** @param other of the same pooler, if there is one, in no transaction */
    static boolean isOwn(Connection connection, Connection other) throws SQLException {
        var session = session(connection);
        other.setAutoCommit(false); // keeps that session, where it is shared
        session(other);
        for (var look = 0; look < LOOKS; look++) {
            if (session(connection) != session) {
                return false;
            }
        }
        return true;
    }

    private static int session(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
