package dev.tidemark.mailbox.people;

import dev.tidemark.spi.People;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The people whose mailboxes are read and written, as a transaction sees them. */
public record Persons(People people) {

    /** All ids of the person whose mailbox it is, that of the person first. */
    public List<String> ids(Connection transaction, Correspondent reader) throws SQLException {
        var customer = reader.customer();
        return ids(transaction, List.of(customer)).getOrDefault(customer, List.of(customer));
    }

    /** The same of many, by the customers. */
    public Map<String, List<String>> ids(Connection transaction, Collection<String> customers) throws SQLException {
        return people.ids(transaction, customers);
    }
}
