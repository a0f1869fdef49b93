package dev.tidemark.mailbox;

import dev.tidemark.mailbox.people.OwnerStore;
import dev.tidemark.mailbox.people.Persons;
import dev.tidemark.mailbox.sendings.LateStore;
import dev.tidemark.mailbox.sendings.SendingStore;
import dev.tidemark.spi.PersonListener;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Joins and divides mailboxes as people turn out to be one, or not to be, and lets sendings look again at whom they may have passed
 * over.
 */
record Joining(Persons persons, SendingStore sendings, OwnerStore owners, LateStore late) implements PersonListener {

    @Override
    public void moved(Project project, Map<String, String> before, Connection transaction) throws SQLException {
        var concerned = new HashSet<>(before.keySet());
        concerned.addAll(before.values());
        Map<String, List<String>> ids = new HashMap<>();
        persons.ids(transaction, concerned).values().forEach(all -> ids.put(all.getFirst(), all));
        // in the order of who takes a step of a sending
        sendings.hold(transaction);
        late.add(transaction, ids.keySet());
        owners.lock(transaction);
        owners.regroup(transaction, ids);
    }
}
