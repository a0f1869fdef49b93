package dev.tidemark.mailbox.sendings;

import dev.tidemark.mailbox.messages.SendingId;
import dev.tidemark.spi.ArrayParameter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Who has another turn at the end of a sending, in table {@code _user_mailbox_sending_late}, and whom it has skipped, in {@code
 * _user_mailbox_sending_skipped}.
 */
public final class LateStore {

    private static final List<String> TABLES = List.of("_user_mailbox_sending_late", "_user_mailbox_sending_skipped");

    /**
     * Notes people who were other people until now, so that whichever id they had a turn by, or had none, they have one at the end
     * of the sendings that go on; those that only count would count them twice. Whoever takes a step of one goes first.
     */
    public void add(Connection connection, Collection<String> persons) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _user_mailbox_sending_late (sending, customer)
                select sending.id, person
                from _user_mailbox_sending as sending, unnest(?) as person
                where sending.state = 'RUNNING' and not sending.dry_run
                for share of sending
                on conflict do nothing
                """)) {
            ArrayParameter.set(statement, 1, "text", persons);
            statement.executeUpdate();
        }
    }

    /** Some of those who have a turn at the end. */
    List<String> some(Connection connection, SendingId id, int limit) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select customer
                from _user_mailbox_sending_late
                where sending = ?
                order by customer
                limit ?
                """)) {
            statement.setLong(1, id.number());
            statement.setInt(2, limit);
            List<String> late = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    late.add(rows.getString(1));
                }
            }
            return late;
        }
    }

    /** Those had their turn; false: somebody else said that of one. */
    boolean had(Connection connection, SendingId id, List<String> late) throws SQLException {
        try (var statement = connection.prepareStatement("""
                delete from _user_mailbox_sending_late
                where sending = ? and customer = any(?)
                """)) {
            statement.setLong(1, id.number());
            ArrayParameter.set(statement, 2, "text", late);
            return statement.executeUpdate() == late.size();
        }
    }

    /** Those were skipped. */
    void skip(Connection connection, SendingId id, List<String> customers) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into _user_mailbox_sending_skipped (sending, customer)
                select ?, unnest(?)
                on conflict do nothing
                """)) {
            statement.setLong(1, id.number());
            ArrayParameter.set(statement, 2, "text", customers);
            statement.executeUpdate();
        }
    }

    /** What was noted of those who were skipped holds no more; how many there were. */
    int unskip(Connection connection, SendingId id, Collection<String> customers) throws SQLException {
        try (var statement = connection.prepareStatement("""
                delete from _user_mailbox_sending_skipped
                where sending = ? and customer = any(?)
                """)) {
            statement.setLong(1, id.number());
            ArrayParameter.set(statement, 2, "text", customers);
            return statement.executeUpdate();
        }
    }

    /** The sending has ended. */
    void end(Connection connection, SendingId id) throws SQLException {
        for (var table : TABLES) {
            try (var statement = connection.prepareStatement("delete from " + table + " where sending = ?")) {
                statement.setLong(1, id.number());
                statement.executeUpdate();
            }
        }
    }

    public void forget(Connection connection, String customer) throws SQLException {
        for (var table : TABLES) {
            try (var statement = connection.prepareStatement("delete from " + table + " where customer = ?")) {
                statement.setString(1, customer);
                statement.executeUpdate();
            }
        }
    }
}
