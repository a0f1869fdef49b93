package dev.tidemark.mailbox.people;

import dev.tidemark.spi.ArrayParameter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Whose mailboxes are which, in table {@code _user_mailbox_owner}. */
public final class OwnerStore {

    /** Whose mailboxes are which stays as it is until the transaction ends; statements after this one see it so. */
    public void keep(Connection connection) throws SQLException {
        execute(connection, "lock table _user_mailbox_owner in row exclusive mode");
    }

    /**
     * Divides messages into mailboxes anew, which are locked.
     *
     * @param ids of each person all that have come from another, or were of another
     */
    public void regroup(Connection connection, Map<String, List<String>> ids) throws SQLException {
        try (var deleted = connection.prepareStatement("delete from _user_mailbox_owner where customer = any(?)");
                var made = connection.prepareStatement("""
                        insert into _user_mailbox_owner (customer, number, last_sent_at)
                        select owner.customer, nextval('_user_mailbox_number'), max(sent_at)
                        from unnest(?, ?) as owner (customer, id)
                        join _user_mailbox as message on message.customer = owner.id
                        group by owner.customer
                        """)) {
            ArrayParameter.set(
                    deleted,
                    1,
                    "text",
                    ids.values().stream().flatMap(List::stream).toList());
            deleted.executeUpdate();
            Owner.set(made, 1, ids);
            made.executeUpdate();
        }
    }

    /** Nobody changes a mailbox until the transaction ends. */
    public void lock(Connection connection) throws SQLException {
        execute(connection, "lock table _user_mailbox_owner in share row exclusive mode");
    }

    public void forget(Connection connection, String customer) throws SQLException {
        try (var statement = connection.prepareStatement("delete from _user_mailbox_owner where customer = ?")) {
            statement.setString(1, customer);
            statement.executeUpdate();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
