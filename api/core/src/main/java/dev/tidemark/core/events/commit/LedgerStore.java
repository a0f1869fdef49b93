package dev.tidemark.core.events.commit;

import dev.tidemark.core.events.admission.MessageHash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Table {@code _message}: which messageIds were stored. */
public final class LedgerStore {

    /** A value that is there already; and what Citus says of anything that a worker refuses, to which it copies what is inserted. */
    private static final Set<String> UNIQUE_VIOLATION = Set.of("23505", "XX000");

    /**
     * Notes messageIds. Nearly always all are new, and an insert that expects it costs little more than half of one that
     * looks for conflicts.
     *
     * @param hashes in their order, so that two transactions wait for one another in one direction only
     * @return those that are new; a hash that another open transaction notes is waited for
     */
    Collection<MessageHash> note(Connection connection, List<MessageHash> hashes) throws SQLException {
        var before = connection.setSavepoint();
        try {
            insert(connection, hashes);
            return hashes;
        } catch (SQLException e) {
            if (!UNIQUE_VIOLATION.contains(e.getSQLState())) {
                throw e;
            }
            connection.rollback(before);
            return insertNew(connection, hashes);
        }
    }

    private static void insert(Connection connection, List<MessageHash> hashes) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _message (hash, at)
                select hash, now()
                from unnest(?::uuid[]) as hash
                """)) {
            statement.setString(1, literal(hashes));
            statement.executeUpdate();
        }
    }

    private static Set<MessageHash> insertNew(Connection connection, List<MessageHash> hashes) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _message (hash, at)
                select hash, now()
                from unnest(?::uuid[]) as hash
                on conflict do nothing
                returning hash
                """)) {
            statement.setString(1, literal(hashes));
            return hashes(statement);
        }
    }

    /** Those of the hashes that are noted. */
    public Set<MessageHash> known(Connection connection, Collection<MessageHash> hashes) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select hash
                from _message
                where hash = any(?::uuid[])
                """)) {
            statement.setString(1, literal(hashes));
            return hashes(statement);
        }
    }

    /** Forgets at most {@code limit} messageIds that are older than the window. */
    public int forget(Connection connection, Duration window, int limit) throws SQLException {
        try (var statement = connection.prepareStatement("""
                delete from _message
                where hash in (
                    select hash
                    from _message
                    where at < now() - ? * interval '1 second'
                    limit ?
                )
                """)) {
            statement.setLong(1, window.toSeconds());
            statement.setInt(2, limit);
            return statement.executeUpdate();
        }
    }

    private static Set<MessageHash> hashes(PreparedStatement statement) throws SQLException {
        Set<MessageHash> hashes = new HashSet<>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                var hash = rows.getObject(1, UUID.class);
                hashes.add(new MessageHash(hash.getMostSignificantBits(), hash.getLeastSignificantBits()));
            }
        }
        return hashes;
    }

    private static String literal(Collection<MessageHash> hashes) {
        var text = new StringBuilder(hashes.size() * 33 + 2).append('{');
        var separator = "";
        for (var hash : hashes) {
            text.append(separator);
            hash.appendHex(text);
            separator = ",";
        }
        return text.append('}').toString();
    }
}
