package dev.tidemark.mailbox.live;

import dev.tidemark.mailbox.messages.ChangeKind;
import dev.tidemark.mailbox.messages.MessageStore;
import dev.tidemark.spi.ArrayParameter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What happened in mailboxes, as view {@code _user_mailbox_message} tells it. */
public final class ChangeStore {

    /** All statements of the transaction, of which this is the first, see the same. */
    void freeze(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("set transaction isolation level repeatable read, read only");
        }
    }

    /** What happened after a number, in its order. */
    List<Change> after(Connection connection, List<String> ids, long after, int limit) throws SQLException {
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
                            rows.getLong("number"),
                            ChangeKind.valueOf(rows.getString("kind")),
                            MessageStore.message(rows)));
                }
            }
            return changes;
        }
    }
}
