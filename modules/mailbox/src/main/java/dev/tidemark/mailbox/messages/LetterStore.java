package dev.tidemark.mailbox.messages;

import dev.tidemark.spi.ArrayParameter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes messages of letters, in table {@code _user_mailbox}. */
final class LetterStore {

    /**
     * Sends messages to or from different people.
     *
     * @param numbers of the messages
     * @param sent their numbers in the mailboxes, as the letters stand
     * @param areKept whether their texts are
     * @return false: one of them, by its key or as part of its sending, was sent before, so the transaction must not commit
     */
    boolean send(
            Connection connection,
            List<Long> numbers,
            List<Letter> letters,
            List<Long> sent,
            boolean areKept,
            Instant now)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _user_mailbox (id, customer, sent, thread, sender, text, key, sending, sent_at)
                select letter.*, ?
                from unnest(?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[]) as letter
                on conflict do nothing
                returning id
                """)) {
            statement.setObject(1, now.atOffset(ZoneOffset.UTC));
            ArrayParameter.set(statement, 2, "bigint", numbers);
            ArrayParameter.set(
                    statement, 3, "text", letters, letter -> letter.sender().customer());
            ArrayParameter.set(statement, 4, "bigint", sent);
            ArrayParameter.set(statement, 5, "text", letters, Letter::thread);
            ArrayParameter.set(
                    statement,
                    6,
                    "text",
                    letters,
                    letter -> letter.sender().side().name());
            ArrayParameter.set(statement, 7, "text", letters, letter -> areKept ? letter.text() : null);
            ArrayParameter.set(
                    statement, 8, "text", letters, letter -> letter.key().orElse(null));
            ArrayParameter.set(
                    statement,
                    9,
                    "bigint",
                    letters,
                    letter -> letter.sending().map(SendingId::number).orElse(null));
            return count(statement) == letters.size();
        }
    }

    /** How many rows it returns. How many it inserted is no answer: Citus says how many it was to insert. */
    private static int count(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            var count = 0;
            while (rows.next()) {
                count++;
            }
            return count;
        }
    }

    /** Those of the ids that have a message of a sending. */
    Set<String> haveOf(Connection connection, SendingId sending, Collection<String> ids) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select customer
                from _user_mailbox
                where sending = ? and customer = any(?)
                """)) {
            statement.setLong(1, sending.number());
            ArrayParameter.set(statement, 2, "text", ids);
            Set<String> have = new HashSet<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    have.add(rows.getString(1));
                }
            }
            return have;
        }
    }
}
