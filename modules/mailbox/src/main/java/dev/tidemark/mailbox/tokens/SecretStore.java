package dev.tidemark.mailbox.tokens;

import dev.tidemark.spi.ClockStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The secrets of a project in table {@code _user_mailbox_secret}. */
public final class SecretStore {

    /** All that are good, the oldest first; the newest has no end. By the database's clock: no two nodes have the same. */
    List<Secret> all(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                        select id, secret, ends_at
                        from _user_mailbox_secret
                        where ends_at is null or ends_at > statement_timestamp()
                        order by id
                        """);
                var rows = statement.executeQuery()) {
            List<Secret> secrets = new ArrayList<>();
            while (rows.next()) {
                secrets.add(secret(rows));
            }
            return secrets;
        }
    }

    /** Nobody else makes or ends one until the transaction ends. */
    void lock(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("lock table _user_mailbox_secret in exclusive mode");
        }
    }

    /** Makes one of 244 random bits, by PostgreSQL's own strong source. */
    Secret add(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                        insert into _user_mailbox_secret (secret)
                        values (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'))
                        returning id, secret, ends_at
                        """);
                var rows = statement.executeQuery()) {
            rows.next();
            return secret(rows);
        }
    }

    /**
     * Lets all secrets end after that time at the latest, and deletes those that have ended.
     *
     * @return when they end
     */
    Instant end(Connection connection, Duration grace) throws SQLException {
        var end = ClockStore.now(connection).plus(grace);
        try (var ended = connection.prepareStatement("""
                        update _user_mailbox_secret
                        set ends_at = least(ends_at, ?)
                        """);
                var deleted = connection.prepareStatement("""
                        delete from _user_mailbox_secret
                        where ends_at <= statement_timestamp()
                        """)) {
            ended.setObject(1, end.atOffset(ZoneOffset.UTC));
            ended.executeUpdate();
            deleted.executeUpdate();
        }
        return end;
    }

    private static Secret secret(ResultSet row) throws SQLException {
        return new Secret(row.getLong("id"), row.getBytes("secret"), row.getObject("ends_at") == null);
    }
}
