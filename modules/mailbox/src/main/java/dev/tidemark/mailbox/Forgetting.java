package dev.tidemark.mailbox;

import dev.tidemark.spi.ErasureListener;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Deletes the mailbox of who is erased, and what sendings say about them. */
record Forgetting(MessageStore messages, PresenceStore presences, SendingStore sendings) implements ErasureListener {

    @Override
    public Map<String, Long> forgotten(Project project, String id, Connection transaction) throws SQLException {
        long deleted = messages.forget(transaction, id);
        presences.forget(transaction, id);
        sendings.forget(transaction, id);
        return Map.of("messages", deleted);
    }
}
