package dev.tidemark.mailbox;

import dev.tidemark.spi.PersonListener;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Joins and divides mailboxes as people turn out to be one, or not to be. */
record Joining(Persons persons, MailboxStore mailboxes) implements PersonListener {

    @Override
    public void moved(Project project, Map<String, String> before, Connection transaction) throws SQLException {
        mailboxes.lock(transaction);
        var concerned = new HashSet<>(before.keySet());
        concerned.addAll(before.values());
        Map<String, List<String>> ids = new HashMap<>();
        persons.ids(transaction, project, concerned).values().forEach(all -> ids.put(all.getFirst(), all));
        mailboxes.regroup(transaction, ids);
    }
}
