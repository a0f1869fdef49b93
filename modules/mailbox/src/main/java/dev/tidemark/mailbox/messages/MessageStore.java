package dev.tidemark.mailbox.messages;

import dev.tidemark.mailbox.people.Correspondent;
import dev.tidemark.mailbox.people.Side;
import dev.tidemark.spi.ArrayParameter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The messages in table {@code _user_mailbox}, as view {@code _user_mailbox_message} tells them. */
public final class MessageStore {

    private static final String COLUMNS =
            "id, customer, thread, sender, text, sent, sent_at, delivered, delivered_at, read, read_at";

    public Optional<MailboxMessage> find(Connection connection, long number) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select %s
                from _user_mailbox_message
                where id = ?
                """.formatted(COLUMNS))) {
            statement.setLong(1, number);
            return messages(statement).stream().findFirst();
        }
    }

    /** The message that was sent with a key. */
    public Optional<MailboxMessage> find(Connection connection, Correspondent sender, String key) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select %s
                from _user_mailbox_message
                where customer = ? and sender = ? and key = ?
                """.formatted(COLUMNS))) {
            statement.setString(1, sender.customer());
            statement.setString(2, sender.side().name());
            statement.setString(3, key);
            return messages(statement).stream().findFirst();
        }
    }

    /** The last messages first, of those before a number. */
    public List<MailboxMessage> page(
            Connection connection, List<String> ids, Optional<String> thread, OptionalLong before, int limit)
            throws SQLException {
        try (var statement =
                connection.prepareStatement("""
                select %s
                from _user_mailbox_message
                where customer = any(?) and sent < ? %s
                order by sent desc
                limit ?
                """.formatted(COLUMNS, thread.isPresent() ? "and thread = ?" : ""))) {
            int place = 0;
            ArrayParameter.set(statement, ++place, "text", ids);
            statement.setLong(++place, before.orElse(Long.MAX_VALUE));
            if (thread.isPresent()) {
                statement.setString(++place, thread.get());
            }
            statement.setInt(++place, limit);
            return messages(statement);
        }
    }

    /** Messages to someone that have not come so far, from the first on. */
    List<MailboxMessage> unmarked(
            Connection connection,
            List<String> ids,
            Side reader,
            Optional<String> thread,
            long last,
            ChangeKind kind,
            int limit)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                select %s
                from _user_mailbox_message
                where customer = any(?) and sender = ? and sent <= ? %s %s
                order by sent
                limit ?
                """.formatted(
                        COLUMNS,
                        kind == ChangeKind.READ ? "and read is null" : "and delivered is null",
                        thread.isPresent() ? "and thread = ?" : ""))) {
            int place = 0;
            ArrayParameter.set(statement, ++place, "text", ids);
            statement.setString(++place, reader.other().name());
            statement.setLong(++place, last);
            if (thread.isPresent()) {
                statement.setString(++place, thread.get());
            }
            statement.setInt(++place, limit);
            return messages(statement);
        }
    }

    /**
     * Marks messages.
     *
     * @param numbers of these changes, in the messages' order
     * @return false: one of them was marked meanwhile, so the transaction must not commit
     */
    boolean mark(Connection connection, List<Long> marked, List<Long> numbers, ChangeKind kind, Instant now)
            throws SQLException {
        try (var statement =
                connection.prepareStatement("""
                update _user_mailbox as message
                set %1$s = marked.number, %1$s_at = ?
                from unnest(?, ?) as marked (id, number)
                where message.id = marked.id and message.%1$s is null
                """.formatted(kind == ChangeKind.READ ? "read" : "delivered"))) {
            statement.setObject(1, now.atOffset(ZoneOffset.UTC));
            ArrayParameter.set(statement, 2, "bigint", marked);
            ArrayParameter.set(statement, 3, "bigint", numbers);
            return statement.executeUpdate() == marked.size();
        }
    }

    /** Deletes them; how many there were. */
    public int forget(Connection connection, String customer) throws SQLException {
        try (var statement = connection.prepareStatement("delete from _user_mailbox where customer = ?")) {
            statement.setString(1, customer);
            return statement.executeUpdate();
        }
    }

    private static List<MailboxMessage> messages(PreparedStatement statement) throws SQLException {
        List<MailboxMessage> messages = new ArrayList<>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                messages.add(message(rows));
            }
        }
        return messages;
    }

    public static MailboxMessage message(ResultSet row) throws SQLException {
        return new MailboxMessage(
                row.getLong("id"),
                row.getString("customer"),
                row.getString("thread"),
                Side.valueOf(row.getString("sender")),
                Optional.ofNullable(row.getString("text")),
                row.getLong("sent"),
                moment(row, "sent_at").orElseThrow(),
                moment(row, "delivered_at"),
                moment(row, "read_at"));
    }

    private static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
