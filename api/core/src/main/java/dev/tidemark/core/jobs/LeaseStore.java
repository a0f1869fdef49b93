package dev.tidemark.core.jobs;

import dev.tidemark.spi.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Table {@code tidemark.lease}: all SQL of leadership. */
final class LeaseStore {

    private final Database database;

    LeaseStore(Database database) {
        this.database = database;
    }

    /** The new term, if the lease was free or has expired. */
    Optional<Long> take(UUID node, Duration lease) {
        return database.transaction(connection -> {
            limit(connection, lease);
            try (var statement = connection.prepareStatement("""
                    update tidemark.lease
                    set term = term + 1, leader = ?, expires_at = clock_timestamp() + ? * interval '1 ms'
                    where expires_at < clock_timestamp()
                    returning term
                    """)) {
                statement.setObject(1, node);
                statement.setLong(2, lease.toMillis());
                try (var rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
                }
            }
        });
    }

    /** Whether the term still is the node's. */
    boolean renew(long term, Duration lease) {
        return database.transaction(connection -> {
            limit(connection, lease);
            try (var statement = connection.prepareStatement("""
                    update tidemark.lease
                    set expires_at = clock_timestamp() + ? * interval '1 ms'
                    where term = ?
                    """)) {
                statement.setLong(1, lease.toMillis());
                statement.setLong(2, term);
                return statement.executeUpdate() == 1;
            }
        });
    }

    void release(long term, Duration lease) {
        database.transaction(connection -> {
            limit(connection, lease);
            try (var statement = connection.prepareStatement("""
                    update tidemark.lease
                    set leader = null, expires_at = '-infinity'
                    where term = ?
                    """)) {
                statement.setLong(1, term);
                return statement.executeUpdate();
            }
        });
    }

    Leader leader() {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                            select term, leader
                            from tidemark.lease
                            """);
                    var rows = statement.executeQuery()) {
                rows.next();
                return new Leader(rows.getLong("term"), Optional.ofNullable(rows.getObject("leader", UUID.class)));
            }
        });
    }

    /**
     * Makes the rest of a transaction the term's own: nobody takes over before it has ended.
     *
     * @throws DeposedException when the term has passed
     */
    static void hold(Connection connection, long term, Duration lease) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select set_config('idle_in_transaction_session_timeout', ?, true)
                from tidemark.lease
                where term = ?
                for key share of lease
                """)) {
            statement.setString(1, Long.toString(lease.toMillis()));
            statement.setLong(2, term);
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new DeposedException(term);
                }
            }
        }
    }

    /** Waits for nobody longer than a lease; and where the node freezes in the middle, nobody waits for it longer. */
    private static void limit(Connection connection, Duration lease) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select set_config('lock_timeout', ?, true), set_config('idle_in_transaction_session_timeout', ?, true)
                """)) {
            statement.setString(1, Long.toString(lease.toMillis()));
            statement.setString(2, Long.toString(lease.toMillis()));
            statement.execute();
        }
    }

    /** @param node empty: nobody leads */
    record Leader(long term, Optional<UUID> node) {}
}
