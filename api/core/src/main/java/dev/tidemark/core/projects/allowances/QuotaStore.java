package dev.tidemark.core.projects.allowances;

import dev.tidemark.spi.Database;
import java.sql.Connection;
import java.sql.Date;
import java.sql.SQLException;
import java.time.LocalDate;

/** Table {@code key_events}. */
public final class QuotaStore {

    private final Database database;

    public QuotaStore(Database database) {
        this.database = database;
    }

    /**
     * Takes of what a key may send on a day.
     *
     * @param wanted how much, if there is as much
     * @return how much it was; 0: nothing is left
     */
    long take(long key, LocalDate day, long quota, long wanted) {
        return database.transaction(connection -> {
            var taken = Math.min(wanted, quota - locked(connection, key, day));
            if (taken > 0) {
                add(connection, key, day, taken);
            }
            return Math.max(0, taken);
        });
    }

    /** What was taken already; others wait until the transaction ends. */
    private static long locked(Connection connection, long key, LocalDate day) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into key_events as taken (key_id, day, events)
                values (?, ?, 0)
                on conflict (key_id, day) do update
                set events = taken.events
                returning events
                """)) {
            statement.setLong(1, key);
            statement.setDate(2, Date.valueOf(day));
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static void add(Connection connection, long key, LocalDate day, long events) throws SQLException {
        try (var statement = connection.prepareStatement("""
                update key_events
                set events = events + ?
                where key_id = ?
                and day = ?
                """)) {
            statement.setLong(1, events);
            statement.setLong(2, key);
            statement.setDate(3, Date.valueOf(day));
            statement.execute();
        }
    }

    /** Forgets days that no node is in any more. */
    public static int forget(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                delete from key_events
                where day < (now() at time zone 'UTC')::date - 1
                """)) {
            return statement.executeUpdate();
        }
    }
}
