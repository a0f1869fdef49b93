package dev.tidemark.core.jobs;

import dev.tidemark.spi.Database;
import dev.tidemark.spi.Position;
import java.sql.Connection;
import java.sql.SQLException;

/** Table {@code _position}: how far each module has followed one project's events. */
final class PositionStore {

    private final Database database;

    PositionStore(Database database) {
        this.database = database;
    }

    Position of(String listener) {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    select commit, id
                    from _position
                    where listener = ?
                    """)) {
                statement.setString(1, listener);
                try (var rows = statement.executeQuery()) {
                    return rows.next() ? new Position(rows.getLong("commit"), rows.getLong("id")) : Position.START;
                }
            }
        });
    }

    /**
     * Moves the position within a transaction, and does the work with it.
     *
     * @return whether it did: another node may hold the position or have moved it
     */
    boolean move(String listener, Position from, Position to, Work work) {
        return database.transaction(connection -> {
            create(connection, listener);
            if (!lock(connection, listener, from)) {
                return false;
            }
            work.run(connection);
            update(connection, listener, to);
            return true;
        });
    }

    private static void create(Connection connection, String listener) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _position (listener)
                select ?
                where not exists (select from _position where listener = ?)
                on conflict do nothing
                """)) {
            statement.setString(1, listener);
            statement.setString(2, listener);
            statement.executeUpdate();
        }
    }

    private static boolean lock(Connection connection, String listener, Position from) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select
                from _position
                where listener = ? and commit = ? and id = ?
                for update skip locked
                """)) {
            statement.setString(1, listener);
            statement.setLong(2, from.commit());
            statement.setLong(3, from.id());
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void update(Connection connection, String listener, Position to) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update _position
                set commit = ?, id = ?
                where listener = ?
                """)) {
            statement.setLong(1, to.commit());
            statement.setLong(2, to.id());
            statement.setString(3, listener);
            statement.executeUpdate();
        }
    }

    @FunctionalInterface
    interface Work {
        void run(Connection transaction) throws SQLException;
    }
}
