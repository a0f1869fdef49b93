package dev.tidemark.mailbox;

import dev.tidemark.spi.ErasureListener;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;

/** Deletes the mailbox of who is erased. */
record Forgetting(MessageStore messages) implements ErasureListener {

    @Override
    public void forgotten(Project project, String id, Connection transaction) throws SQLException {
        messages.forget(transaction, id);
    }
}
