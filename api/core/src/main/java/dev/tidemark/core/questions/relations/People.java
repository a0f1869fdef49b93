package dev.tidemark.core.questions.relations;

import dev.tidemark.core.catalog.tables.PeopleChangeStore;
import dev.tidemark.core.postgres.LentConnection;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.PersonListener;
import dev.tidemark.spi.PersonRecords;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Who is who, and the modules that keep something of people or hear when they move.
 *
 * @param records by their names
 */
public record People(
        Databases databases,
        KnownRelations relations,
        Map<String, PersonRecords> records,
        List<PersonListener> listeners) {

    public People {
        records = Collections.unmodifiableMap(new TreeMap<>(records));
        listeners = List.copyOf(listeners);
    }

    public void moved(Project project, Map<String, String> before, Connection transaction) throws SQLException {
        for (var listener : listeners) {
            listener.moved(project, before, LentConnection.of(transaction));
        }
        if (!before.isEmpty()) {
            PeopleChangeStore.count(transaction);
        }
    }

    /** All ids of the person whose that is, that of the person first. */
    public List<String> ids(Project project, String id) {
        return databases
                .of(project)
                .transaction(connection -> ids(List.of(id), connection))
                .getOrDefault(id, List.of(id));
    }

    /** The same of many, by the ids. */
    public Map<String, List<String>> ids(Collection<String> ids, Connection transaction) throws SQLException {
        var table = relations.mapping();
        return table.isPresent()
                ? PersonStore.ids(transaction, table.get(), ids)
                : ids.stream().distinct().collect(Collectors.toMap(id -> id, List::of));
    }
}
