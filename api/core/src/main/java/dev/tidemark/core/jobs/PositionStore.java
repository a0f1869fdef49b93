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

    /**
     * How far a module is.
     *
     * @param erasures how many had ended in the project; who was erased may be in what was read before the last one
     */
    record Place(Position position, long erasures) {}

    Place of(String listener) {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    select commit, id, erasures
                    from _position
                    where listener = ?
                    """)) {
                statement.setString(1, listener);
                try (var rows = statement.executeQuery()) {
                    if (rows.next()) {
                        return new Place(
                                new Position(rows.getLong("commit"), rows.getLong("id")), rows.getLong("erasures"));
                    }
                }
            }
            create(connection, listener);
            return new Place(Position.START, 0);
        });
    }

    /**
     * Moves the position within a transaction, and does the work with it.
     *
     * @return whether it did: another node may hold the position or have moved it, and an erasure may have ended
     */
    boolean move(String listener, Place from, Position to, Work work) {
        return database.transaction(connection -> {
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
                values (?)
                on conflict do nothing
                """)) {
            statement.setString(1, listener);
            statement.executeUpdate();
        }
    }

    private static boolean lock(Connection connection, String listener, Place from) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select
                from _position
                where listener = ? and commit = ? and id = ? and erasures = ?
                for update skip locked
                """)) {
            statement.setString(1, listener);
            statement.setLong(2, from.position().commit());
            statement.setLong(3, from.position().id());
            statement.setLong(4, from.erasures());
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
