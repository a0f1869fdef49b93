package dev.tidemark.customers.identity;

import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Who is who in projects. */
public final class Identities {

    public static final String TABLE = "_identity";

    private final Databases databases;
    private final IdentityStore store = new IdentityStore();
    private final FactStore facts = new FactStore();

    public Identities(Databases databases) {
        this.databases = databases;
    }

    /** Whether anything was said of who is who, so that questions have to count people by {@link #TABLE}. */
    public boolean hasBegun(Project project) {
        return databases.of(project).transaction(store::hasBegun);
    }

    /** The people whose ids these are, by the ids. */
    public Map<String, String> persons(Project project, Collection<String> ids) {
        return databases.of(project).transaction(connection -> persons(connection, ids));
    }

    /** The people whose ids these are, by the ids. */
    public Map<String, String> persons(Connection connection, Collection<String> ids) throws SQLException {
        var known = store.persons(connection, ids);
        var persons = new LinkedHashMap<String, String>();
        ids.forEach(id -> persons.put(id, known.getOrDefault(id, id)));
        return persons;
    }

    /** All ids of people, that of the person first, by the people. */
    public Map<String, List<String>> ids(Project project, Collection<String> persons) {
        var others = databases.of(project).transaction(connection -> others(connection, persons));
        var ids = new LinkedHashMap<String, List<String>>();
        persons.forEach(person -> ids.put(
                person,
                Stream.concat(Stream.of(person), others.getOrDefault(person, List.of()).stream())
                        .toList()));
        return ids;
    }

    /** All ids of the person whose id that was by what had been said by then, that of the person first. */
    public List<String> ids(Project project, String id, Instant asOf) {
        var whoIsWho = new WhoIsWho(
                databases.of(project).transaction(connection -> facts.connected(connection, List.of(id), asOf)));
        var person = whoIsWho.person(id);
        var others = whoIsWho.persons().entrySet().stream()
                .filter(entry -> entry.getValue().equals(person))
                .map(Map.Entry::getKey)
                .filter(other -> !other.equals(person));
        return Stream.concat(Stream.of(person), others).toList();
    }

    /** The ids of people who have several, besides the person's own, by the people. */
    public Map<String, List<String>> others(Connection transaction, Collection<String> persons) throws SQLException {
        var others = new LinkedHashMap<String, List<String>>();
        store.ids(transaction, persons)
                .forEach((id, person) ->
                        others.computeIfAbsent(person, key -> new ArrayList<>()).add(id));
        return others;
    }

    /** Who is who stays as it is until the transaction ends. */
    public void keep(Connection transaction) throws SQLException {
        store.keep(transaction);
    }
}
