package dev.tidemark.mailbox.messages;

import dev.tidemark.spi.ArrayParameter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The numbers of messages, and of what happens in mailboxes. */
public final class NumberStore {

    /** Of messages that are going to be sent. */
    List<Long> ofMessages(Connection connection, int count) throws SQLException {
        return next(connection, "_user_mailbox_id", count);
    }

    /** The next of a person's mailbox, which nobody else changes until the transaction ends. */
    List<Long> ofChanges(Connection connection, String person, int count, Instant now) throws SQLException {
        try (var locked = connection.prepareStatement("""
                insert into _user_mailbox_owner as owner (customer, number, last_sent_at)
                values (?, 0, ?)
                on conflict (customer) do update
                    set number = owner.number
                """)) {
            locked.setString(1, person);
            locked.setObject(2, now.atOffset(ZoneOffset.UTC));
            locked.executeUpdate();
        }
        var numbers = next(connection, "_user_mailbox_number", count);
        note(connection, List.of(person), List.of(numbers.getLast()));
        return numbers;
    }

    /** The next of the mailboxes of different people, one each, which nobody else changes until the transaction ends. */
    List<Long> ofLetters(Connection connection, List<String> persons, Instant now) throws SQLException {
        try (var locked = connection.prepareStatement("""
                insert into _user_mailbox_owner as owner (customer, number, last_sent_at)
                select person, 0, ?
                from unnest(?) as person
                order by person collate "C"
                on conflict (customer) do update
                    set last_sent_at = greatest(owner.last_sent_at, excluded.last_sent_at)
                """)) {
            locked.setObject(1, now.atOffset(ZoneOffset.UTC));
            ArrayParameter.set(locked, 2, "text", persons);
            locked.executeUpdate();
        }
        var numbers = next(connection, "_user_mailbox_number", persons.size());
        note(connection, persons, numbers);
        return numbers;
    }

    /** The last numbers of mailboxes that are locked. */
    private static void note(Connection connection, List<String> persons, List<Long> numbers) throws SQLException {
        try (var noted = connection.prepareStatement("""
                update _user_mailbox_owner as owner
                set number = next.number
                from unnest(?, ?) as next (customer, number)
                where owner.customer = next.customer
                """)) {
            ArrayParameter.set(noted, 1, "text", persons);
            ArrayParameter.set(noted, 2, "bigint", numbers);
            noted.executeUpdate();
        }
    }

    private static List<Long> next(Connection connection, String sequence, int count) throws SQLException {
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
}
