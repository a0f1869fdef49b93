package dev.tidemark.core.questions.relations;

import dev.tidemark.core.catalog.tables.PeopleChangeStore;
import dev.tidemark.core.postgres.LentConnection;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.People;
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

/** Who is who by the relations that modules add, and the modules that keep something of people or hear when they move. */
public final class KnownPeople implements People {

    private final Databases databases;
    private final KnownRelations relations;
    private volatile Map<String, PersonRecords> records = Map.of();
    private volatile List<PersonListener> listeners = List.of();

    public KnownPeople(Databases databases, KnownRelations relations) {
        this.databases = databases;
        this.relations = relations;
    }

    /** Takes in what the modules add. */
    public void join(Map<String, PersonRecords> byName, List<PersonListener> all) {
        records = Collections.unmodifiableMap(new TreeMap<>(byName));
        listeners = List.copyOf(all);
    }

    @Override
    public boolean areMerged(Project project) {
        return relations.persons(project).isPresent();
    }

    @Override
    public List<String> ids(Project project, String id) {
        return databases
                .of(project)
                .transaction(connection -> ids(connection, List.of(id)))
                .getOrDefault(id, List.of(id));
    }

    @Override
    public Map<String, List<String>> ids(Connection transaction, Collection<String> ids) throws SQLException {
        var table = relations.mapping();
        return table.isPresent()
                ? PersonStore.ids(transaction, table.get(), ids)
                : ids.stream().distinct().collect(Collectors.toMap(id -> id, List::of));
    }

    @Override
    public Map<String, PersonRecords> records() {
        return records;
    }

    @Override
    public void moved(Project project, Map<String, String> before, Connection transaction) throws SQLException {
        for (var listener : listeners) {
            listener.moved(project, before, LentConnection.of(transaction));
        }
        if (!before.isEmpty()) {
            PeopleChangeStore.count(transaction);
        }
    }
}
