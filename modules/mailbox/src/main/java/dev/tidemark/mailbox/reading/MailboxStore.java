package dev.tidemark.mailbox.reading;

import dev.tidemark.mailbox.messages.MessageStore;
import dev.tidemark.mailbox.people.Correspondent;
import dev.tidemark.mailbox.people.Owner;
import dev.tidemark.mailbox.people.Side;
import dev.tidemark.spi.ArrayParameter;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What can be said of a mailbox as a whole. */
public final class MailboxStore {

    /** @param person whose the reader's customer is */
    Mailbox find(Connection connection, Correspondent reader, String person) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select customer, number, last_sent_at
                from _user_mailbox_owner
                where customer = ?
                """)) {
            statement.setString(1, person);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? mailbox(rows, reader) : Mailbox.empty(reader);
            }
        }
    }

    /** Those in which the last message is the latest first. */
    List<Mailbox> page(Connection connection, Project project, Optional<MailboxPlace> after, int limit)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                select customer, number, last_sent_at
                from _user_mailbox_owner
                where last_sent_at <= ? and (last_sent_at < ? or customer > ?)
                order by last_sent_at desc, customer
                limit ?
                """)) {
            var from = after.map(place -> place.lastSentAt().atOffset(ZoneOffset.UTC))
                    .orElse(OffsetDateTime.MAX);
            statement.setObject(1, from);
            statement.setObject(2, from);
            statement.setString(3, after.map(MailboxPlace::customer).orElse(""));
            statement.setInt(4, limit);
            List<Mailbox> mailboxes = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    mailboxes.add(mailbox(rows, new Correspondent(project, rows.getString("customer"), Side.PROJECT)));
                }
            }
            return mailboxes;
        }
    }

    /**
     * How many messages to a side of mailboxes are not read, by customer; nothing where there are none.
     *
     * @param ids of each customer all ids of the person
     */
    Map<String, Long> unread(Connection connection, Map<String, List<String>> ids, Side reader) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select owner.customer, count(*)
                from unnest(?, ?) as owner (customer, id)
                join _user_mailbox as message on message.customer = owner.id
                where sender = ? and read is null
                group by owner.customer
                """)) {
            var place = Owner.set(statement, 1, ids);
            statement.setString(place, reader.other().name());
            Map<String, Long> unread = new HashMap<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    unread.put(rows.getString(1), rows.getLong(2));
                }
            }
            return unread;
        }
    }

    /** Those in which the last message is the latest first, of those whose last message is before a number. */
    List<MailboxThread> threads(
            Connection connection, Correspondent reader, List<String> ids, OptionalLong before, int limit)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                select message.*, thread.unread
                from (
                    select max(sent) as last, count(*) filter (where sender = ? and read is null) as unread
                    from _user_mailbox
                    where customer = any(?)
                    group by thread
                ) as thread
                join _user_mailbox_message as message on message.customer = any(?) and message.sent = thread.last
                where thread.last < ?
                order by thread.last desc
                limit ?
                """)) {
            statement.setString(1, reader.side().other().name());
            ArrayParameter.set(statement, 2, "text", ids);
            ArrayParameter.set(statement, 3, "text", ids);
            statement.setLong(4, before.orElse(Long.MAX_VALUE));
            statement.setInt(5, limit);
            List<MailboxThread> threads = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var last = MessageStore.message(rows);
                    threads.add(new MailboxThread(reader, last.thread(), last, rows.getLong("unread")));
                }
            }
            return threads;
        }
    }

    private static Mailbox mailbox(ResultSet row, Correspondent reader) throws SQLException {
        var lastSentAt = row.getObject("last_sent_at", OffsetDateTime.class).toInstant();
        return new Mailbox(reader, row.getLong("number"), Optional.of(lastSentAt));
    }
}
