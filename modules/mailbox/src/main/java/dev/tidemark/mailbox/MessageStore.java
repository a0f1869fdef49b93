package dev.tidemark.mailbox;

import dev.tidemark.spi.ArrayParameter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The messages in table {@code _user_mailbox}, as view {@code _user_mailbox_message} tells them. */
final class MessageStore {

    private static final String COLUMNS =
            "id, customer, thread, sender, text, sent, sent_at, delivered, delivered_at, read, read_at";

    /** Numbers for messages that are going to be sent. */
    List<Long> numbers(Connection connection, int count) throws SQLException {
        return numbers(connection, "_user_mailbox_id", count);
    }

    private static List<Long> numbers(Connection connection, String sequence, int count) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select nextval(?::regclass)
                from generate_series(1, ?)
                """)) {
            statement.setString(1, sequence);
            statement.setInt(2, count);
            try (var rows = statement.executeQuery()) {
                List<Long> numbers = new ArrayList<>();
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                }
                return numbers;
            }
        }
    }

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
                    letter -> letter.sending().isPresent() ? letter.sending().getAsLong() : null);
            statement.setObject(9, now.atOffset(ZoneOffset.UTC));
            statement.setObject(10, now.atOffset(ZoneOffset.UTC));
            return statement.executeUpdate() == letters.size();
        }
    }

    /** Those of the ids that have a message of a sending. */
    Set<String> haveOf(Connection connection, long sending, Collection<String> ids) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select customer
                from _user_mailbox
                where sending = ? and customer = any(?)
                """)) {
            statement.setLong(1, sending);
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

    Optional<MailboxMessage> find(Connection connection, long number) throws SQLException {
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
    Optional<MailboxMessage> find(Connection connection, Correspondent sender, String key) throws SQLException {
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
    List<MailboxMessage> page(
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

    /** All statements of the transaction, of which this is the first, see the same. */
    void freeze(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("set transaction isolation level repeatable read, read only");
        }
    }

    /** What happened after a number, in its order. */
    List<Change> changes(Connection connection, List<String> ids, long after, int limit) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select *
                from (
                    (select sent as number, 'SENT' as kind, * from _user_mailbox_message
                    where customer = any(?) and sent > ? order by sent limit ?)
                    union all
                    (select delivered, 'DELIVERED', * from _user_mailbox_message
                    where customer = any(?) and delivered > ? order by delivered limit ?)
                    union all
                    (select read, 'READ', * from _user_mailbox_message
                    where customer = any(?) and read > ? order by read limit ?)
                ) as change
                order by number
                limit ?
                """)) {
            int place = 0;
            for (int i = 0; i < ChangeKind.values().length; i++) {
                ArrayParameter.set(statement, ++place, "text", ids);
                statement.setLong(++place, after);
                statement.setInt(++place, limit);
            }
            statement.setInt(++place, limit);
            List<Change> changes = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    changes.add(new Change(
                            rows.getLong("number"), ChangeKind.valueOf(rows.getString("kind")), message(rows)));
                }
            }
            return changes;
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
     * Marks messages of a person's mailbox, with its next numbers; nobody else changes it until the transaction ends.
     *
     * @return false: one of them was marked meanwhile, so the transaction must not commit
     */
    boolean mark(Connection connection, String person, List<Long> marked, ChangeKind kind, Instant now)
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
            ArrayParameter.set(statement, 3, "bigint", next(connection, person, marked.size(), now));
            return statement.executeUpdate() == marked.size();
        }
    }

    /** How many there were. */
    int forget(Connection connection, String customer) throws SQLException {
        try (var texts = connection.prepareStatement("""
                        delete from _user_mailbox_passing
                        where id in (select id from _user_mailbox where customer = ?)
                        """);
                var messages = connection.prepareStatement("delete from _user_mailbox where customer = ?");
                var owner = connection.prepareStatement("delete from _user_mailbox_owner where customer = ?")) {
            texts.setString(1, customer);
            texts.executeUpdate();
            messages.setString(1, customer);
            owner.setString(1, customer);
            owner.executeUpdate();
            return messages.executeUpdate();
        }
    }

    /** The next numbers of a mailbox, whose row stays locked. */
    private static List<Long> next(Connection connection, String person, int count, Instant now) throws SQLException {
        try (var locked = connection.prepareStatement("""
                        insert into _user_mailbox_owner as owner (customer, number, last_sent_at)
                        values (?, 0, ?)
                        on conflict (customer) do update
                            set number = owner.number
                        """);
                var noted = connection.prepareStatement("""
                        update _user_mailbox_owner
                        set number = ?
                        where customer = ?
                        """)) {
            locked.setString(1, person);
            locked.setObject(2, now.atOffset(ZoneOffset.UTC));
            locked.executeUpdate();
            var numbers = numbers(connection, "_user_mailbox_number", count);
            noted.setLong(1, numbers.getLast());
            noted.setString(2, person);
            noted.executeUpdate();
            return numbers;
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

    static MailboxMessage message(ResultSet row) throws SQLException {
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
