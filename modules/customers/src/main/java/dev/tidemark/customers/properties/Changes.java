package dev.tidemark.customers.properties;

import dev.tidemark.customers.identity.Belongings;
import dev.tidemark.customers.identity.Identities;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.EventCollection.Property;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.PropertyTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes customers' properties, each customer's by one at a time. */
public final class Changes {

    private final Databases databases;
    private final PropertyTable table;
    private final Identities identities;
    private final Belongings belongings;

    public Changes(Databases databases, PropertyTable table, Identities identities, Belongings belongings) {
        this.databases = databases;
        this.table = table;
        this.identities = identities;
        this.belongings = belongings;
    }

    /** A change of which nothing was done. */
    public record Refused(int place, CallerException reason) {}

    /** Does all in one transaction but what is refused, in their order. */
    public List<Refused> apply(Project project, List<CustomerChange> changes) {
        prepare(project, changes);
        return databases.of(project).transaction(connection -> apply(project, connection, changes));
    }

    /** Makes the columns that they need, so that the transaction which applies them does not wait for another. */
    public void prepare(Project project, List<CustomerChange> changes) {
        table.prepare(
                project,
                changes.stream().flatMap(change -> change.values().stream()).toList());
    }

    /** The same within a transaction. */
    public List<Refused> apply(Project project, Connection transaction, List<CustomerChange> changes)
            throws SQLException {
        identities.keep(transaction);
        var persons = identities.persons(
                transaction, changes.stream().map(CustomerChange::customer).toList());
        table.make(transaction, persons.values());
        var locked = table.lock(project, transaction, persons.values());
        var refused = new ArrayList<Refused>();
        var drafts = new LinkedHashMap<String, Draft>();
        for (int i = 0; i < changes.size(); i++) {
            var change = changes.get(i);
            var draft = drafts.computeIfAbsent(
                    persons.getOrDefault(change.customer(), change.customer()),
                    id -> new Draft(locked.getOrDefault(id, Map.of()), label -> name(project, label)));
            try {
                draft.apply(change);
            } catch (CallerException e) {
                refused.add(new Refused(i, e));
            }
        }
        var changed = changed(drafts);
        table.write(project, transaction, changed);
        belongings.note(project, transaction, changed, identities.others(transaction, changed.keySet()));
        return refused;
    }

    private static Map<String, Map<String, @Nullable Object>> changed(Map<String, Draft> drafts) {
        var changed = new LinkedHashMap<String, Map<String, @Nullable Object>>();
        drafts.forEach((id, draft) -> {
            if (!draft.changed().isEmpty()) {
                changed.put(id, draft.changed());
            }
        });
        return changed;
    }

    private String name(Project project, String label) {
        return table.property(project, label).map(Property::label).orElse(label);
    }
}
