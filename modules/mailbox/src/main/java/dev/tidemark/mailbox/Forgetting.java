package dev.tidemark.mailbox;

import dev.tidemark.spi.ErasureListener;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;

/** Deletes the mailbox of who is erased, and what sendings say about them. */
record Forgetting(MessageStore messages, PresenceStore presences, SendingStore sendings) implements ErasureListener {

    @Override
    public void forgotten(Project project, String id, Connection transaction) throws SQLException {
        messages.forget(transaction, id);
        presences.forget(transaction, id);
        sendings.forget(transaction, id);
    }
}
