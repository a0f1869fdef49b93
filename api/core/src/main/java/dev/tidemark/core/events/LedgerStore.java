package dev.tidemark.core.events;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;

/** Table {@code _message}: which messageIds were stored. */
final class LedgerStore {

    /**
     * Notes messageIds.
     *
     * @param hashes in their order, so that two transactions wait for one another in one direction only
     * @return those that are new; a hash that another open transaction notes is waited for
     */
    Set<MessageHash> note(Connection connection, SortedSet<MessageHash> hashes) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _message (hash, at)
                select hash, now()
                from unnest(?::uuid[]) as hash
                on conflict do nothing
                returning hash
                """)) {
            statement.setString(1, literal(hashes));
            Set<MessageHash> added = new HashSet<>(hashes.size() * 2);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var hash = rows.getObject(1, UUID.class);
                    added.add(new MessageHash(hash.getMostSignificantBits(), hash.getLeastSignificantBits()));
                }
            }
            return added;
        }
    }

    /** Forgets at most {@code limit} messageIds that are older than the window. */
    int forget(Connection connection, Duration window, int limit) throws SQLException {
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
