package dev.tidemark.mailbox;

import dev.tidemark.mailbox.messages.MessageStore;
import dev.tidemark.mailbox.people.OwnerStore;
import dev.tidemark.mailbox.presence.PresenceStore;
import dev.tidemark.mailbox.sendings.LateStore;
import dev.tidemark.mailbox.sendings.SendingStore;
import dev.tidemark.mailbox.texts.TextStore;
import dev.tidemark.spi.ErasureListener;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Deletes the mailbox of who is erased, and what sendings say about them. */
record Forgetting(
        TextStore texts,
        MessageStore messages,
        OwnerStore owners,
        PresenceStore presences,
        SendingStore sendings,
        LateStore late)
        implements ErasureListener {

    @Override
    public Map<String, Long> forgotten(Project project, String id, Connection transaction) throws SQLException {
        sendings.forget(transaction, id); // first: a step that is taken now may leave all else
        texts.forget(transaction, id);
        long deleted = messages.forget(transaction, id);
        owners.forget(transaction, id);
        presences.forget(transaction, id);
        late.forget(transaction, id);
        return Map.of("messages", deleted);
    }
}
