package dev.tidemark.mailbox.people;

import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The people whose mailboxes are read and written, as a transaction sees them. */
public record Persons(Questions questions) {

    /** All ids of the person whose mailbox it is, that of the person first. */
    public List<String> ids(Connection transaction, Correspondent reader) throws SQLException {
        var customer = reader.customer();
        return ids(transaction, reader.project(), List.of(customer)).getOrDefault(customer, List.of(customer));
    }

    /** The same of many, by the customers. */
    public Map<String, List<String>> ids(Connection transaction, Project project, Collection<String> customers)
            throws SQLException {
        return questions.ids(project, customers, transaction);
    }
}
