package dev.tidemark.mailbox.messages;

import dev.tidemark.spi.ArrayParameter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes messages of letters, in tables {@code _user_mailbox} and {@code _user_mailbox_owner}. */
final class LetterStore {

    /**
     * Sends messages to or from different people, with the next numbers of their mailboxes, which nobody else changes until the
     * transaction ends.
     *
     * @param numbers of the messages
     * @param persons whose mailboxes they go to, as the letters stand
     * @param areKept whether their texts are
     * @return false: one of them, by its key or as part of its sending, was sent before, so the transaction must not commit
     */
    boolean send(
            Connection connection,
            List<Long> numbers,
            List<Letter> letters,
            List<String> persons,
            boolean areKept,
            Instant now)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                with letter as (
                    select *
                    from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[])
                        as letter (id, customer, person, thread, sender, text, key, sending)
                ), owner as (
                    insert into _user_mailbox_owner as owner (customer, number, last_sent_at)
                    select person, nextval('_user_mailbox_number'), ?
                    from letter
                    order by person collate "C"
                    on conflict (customer) do update
                        set number = nextval('_user_mailbox_number'),
                            last_sent_at = greatest(owner.last_sent_at, excluded.last_sent_at)
                    returning customer as person, number
                )
                insert into _user_mailbox (id, customer, thread, sender, text, key, sending, sent, sent_at)
                select id, customer, thread, sender, text, key, sending, number, ?
                from letter
                join owner using (person)
                on conflict do nothing
                """)) {
            ArrayParameter.set(statement, 1, "bigint", numbers);
            ArrayParameter.set(
                    statement, 2, "text", letters, letter -> letter.sender().customer());
            ArrayParameter.set(statement, 3, "text", persons);
            ArrayParameter.set(statement, 4, "text", letters, Letter::thread);
            ArrayParameter.set(
                    statement,
                    5,
                    "text",
                    letters,
                    letter -> letter.sender().side().name());
            ArrayParameter.set(statement, 6, "text", letters, letter -> areKept ? letter.text() : null);
            ArrayParameter.set(
                    statement, 7, "text", letters, letter -> letter.key().orElse(null));
            ArrayParameter.set(
                    statement,
                    8,
                    "bigint",
                    letters,
                    letter -> letter.sending().map(SendingId::number).orElse(null));
            statement.setObject(9, now.atOffset(ZoneOffset.UTC));
            statement.setObject(10, now.atOffset(ZoneOffset.UTC));
            return statement.executeUpdate() == letters.size();
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
