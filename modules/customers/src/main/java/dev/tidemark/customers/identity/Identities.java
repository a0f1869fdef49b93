package dev.tidemark.customers.identity;

import dev.tidemark.customers.identity.Fact.Said;
import dev.tidemark.spi.AuditLog;
import dev.tidemark.spi.Caller;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.EventCollection;
import dev.tidemark.spi.ModuleContext;
import dev.tidemark.spi.People;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Questions;
import dev.tidemark.spi.Relation;
import dev.tidemark.spi.Relation.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Who is who in projects, and how that changes. */
public final class Identities {

    /** So the audit log calls it, which must not name persons. */
    private static final String FACT = "fact ";

    public static final String TABLE = "_identity";

    /** All that connects people is read with each new fact about one of them. */
    private static final int MOST_FACTS = 10_000;

    private static final long MOST_BYTES = 8 << 20;

    private final Databases databases;
    private final Questions questions;
    private final People people;
    private final IdentityStore identityStore = new IdentityStore();
    private final FactStore factStore = new FactStore();
    private final Belongings belongings;
    private final AuditLog audit;
    private final Clock clock;
    private final Set<Project> begun = ConcurrentHashMap.newKeySet();

    public Identities(ModuleContext context, Belongings belongings) {
        this.databases = context.databases();
        this.questions = context.questions();
        this.people = context.people();
        this.belongings = belongings;
        this.audit = context.audit();
        this.clock = context.clock();
    }

    /** Whether anything was said of who is who, so that questions have to count people by {@link #TABLE}. */
    public boolean hasBegun(Project project) {
        return databases.of(project).transaction(identityStore::hasBegun);
    }

    /** The facts as something that one can ask. */
    public Relation facts(Project project) {
        return questions.table(
                project,
                "identity_facts",
                "_identity_facts",
                List.of(
                        new Column("fact", "fact", ColumnType.LONG),
                        new Column("kind", "kind", ColumnType.TEXT),
                        new Column(EventCollection.PERSON, EventCollection.PERSON, ColumnType.TEXT),
                        new Column("other", "other", ColumnType.TEXT),
                        new Column("said_at", "said_at", ColumnType.TIMESTAMP),
                        new Column("taken_back_at", "taken_back_at", ColumnType.TIMESTAMP),
                        new Column("effective", "effective", ColumnType.BOOLEAN)),
                List.of("fact"));
    }

    /** Lets all nodes ask who is who from now on; call it before the transaction that notes the first fact. */
    public void begin(Project project) {
        if (begun.contains(project)) {
            return;
        }
        if (!hasBegun(project)) {
            questions.changeRelations(project, databases.of(project), connection -> {
                identityStore.begin(connection, clock.instant());
                return project;
            });
        }
        begun.add(project);
    }

    /**
     * Notes what senders say, as far as it is new.
     *
     * @return whether it was noted; not where too much is known of those who would be one
     * @throws CallerException {@code QUERY_TOO_COMPLEX} when too much is known of all of them: say it one by one
     */
    public boolean note(Project project, Connection transaction, List<Said> said) throws SQLException {
        identityStore.lock(transaction);
        var added = new ArrayList<Fact>();
        for (var fact : said) {
            factStore.add(transaction, fact, Most.SAID).ifPresent(added::add);
        }
        if (added.isEmpty()) {
            return true;
        }
        List<Fact> facts;
        try {
            facts = fewConnected(transaction, added);
        } catch (CallerException e) {
            if (said.size() > 1) {
                throw e;
            }
            factStore.remove(transaction, added);
            return false;
        }
        var _ = regroup(project, transaction, added, facts);
        return true;
    }

    /** Notes what someone decided, even if it was taken back before: it then is another fact. */
    Fact decide(Caller caller, Said said) {
        var project = caller.project();
        begin(project);
        return in(project, transaction -> {
            var fact = factStore.decide(transaction, said);
            var facts = fewConnected(transaction, List.of(fact));
            var whoIsWho = regroup(project, transaction, List.of(fact), facts);
            audit.note(transaction, caller, "mergeCustomers", FACT + fact.id());
            return fact.effective(whoIsWho.isEffective(fact));
        });
    }

    /** Lets a fact not hold any more; empty: there is none of that number that holds. */
    Optional<Fact> takeBack(Caller caller, long id) {
        var project = caller.project();
        return in(project, transaction -> {
            var fact = factStore.takeBack(transaction, id, clock.instant());
            if (fact.isPresent()) {
                var changed = List.of(fact.get());
                var _ = regroup(project, transaction, changed, connected(transaction, changed));
                audit.note(transaction, caller, "unmergeCustomers", FACT + id);
            }
            return fact;
        });
    }

    /**
     * Nothing is known of an id any more, nor was anything said of it; those that it was one person with keep what is theirs.
     *
     * @return how much that was
     */
    public Map<String, Long> forget(Project project, Connection transaction, String id) throws SQLException {
        identityStore.lock(transaction);
        var facts = factStore.forget(transaction, id);
        if (!facts.isEmpty()) {
            var _ = regroup(project, transaction, facts, connected(transaction, facts));
        }
        var wasKnown = belongings.forget(transaction, id);
        return Map.of("identities", (long) facts.size(), "properties", wasKnown ? 1L : 0L);
    }

    /** All facts about ids, in their order. */
    List<Fact> facts(Project project, Collection<String> ids) {
        return databases.of(project).transaction(connection -> factStore.about(connection, ids));
    }

    /** The same as they were then. */
    List<Fact> facts(Project project, Collection<String> ids, Instant asOf) {
        return databases.of(project).transaction(connection -> {
            var whoIsWho = new WhoIsWho(factStore.connected(connection, ids, asOf));
            return factStore.about(connection, ids).stream()
                    .filter(fact -> !fact.saidAt().isAfter(asOf))
                    .map(fact -> fact.asOf(asOf).effective(whoIsWho.isEffective(fact)))
                    .toList();
        });
    }

    /** The people whose ids these are, by the ids. */
    public Map<String, String> persons(Project project, Collection<String> ids) {
        return databases.of(project).transaction(connection -> persons(connection, ids));
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
        var facts = databases.of(project).transaction(connection -> factStore.connected(connection, List.of(id), asOf));
        var whoIsWho = new WhoIsWho(facts);
        var person = whoIsWho.person(id);
        var others = whoIsWho.persons().entrySet().stream()
                .filter(entry -> entry.getValue().equals(person))
                .map(Map.Entry::getKey)
                .filter(other -> !other.equals(person));
        return Stream.concat(Stream.of(person), others).toList();
    }

    /** Who is who stays as it is until the transaction ends. */
    public void keep(Connection transaction) throws SQLException {
        identityStore.keep(transaction);
    }

    /** The ids of people who have several, besides the person's own, by the people. */
    public Map<String, List<String>> others(Connection transaction, Collection<String> persons) throws SQLException {
        var others = new LinkedHashMap<String, List<String>>();
        identityStore
                .ids(transaction, persons)
                .forEach((id, person) ->
                        others.computeIfAbsent(person, key -> new ArrayList<>()).add(id));
        return others;
    }

    /** All facts about those whom some concern. */
    private List<Fact> connected(Connection transaction, List<Fact> some) throws SQLException {
        return factStore.connected(transaction, ends(some));
    }

    /** @throws CallerException {@code QUERY_TOO_COMPLEX} when they are too many, or too much is known of whom they are about */
    private List<Fact> fewConnected(Connection transaction, List<Fact> some) throws SQLException {
        if (!factStore.areFew(transaction, ends(some), MOST_FACTS, MOST_BYTES)) {
            throw new CallerException(
                    ErrorCode.QUERY_TOO_COMPLEX,
                    "More than %,d facts, or %,d MB of them, say who these customers are: take some back first."
                            .formatted(MOST_FACTS, MOST_BYTES >> 20));
        }
        var facts = connected(transaction, some);
        belongings.requireFew(transaction, ends(facts));
        return facts;
    }

    private static List<String> ends(List<Fact> facts) {
        return facts.stream().flatMap(Fact::ends).toList();
    }

    /**
     * Finds anew who is who among all whom the facts concern, and moves what is known of them.
     *
     * @param facts those that are connected with what has changed
     */
    private WhoIsWho regroup(Project project, Connection transaction, List<Fact> changed, List<Fact> facts)
            throws SQLException {
        var whoIsWho = new WhoIsWho(facts);
        var after = whoIsWho.persons();
        ends(changed).forEach(id -> after.putIfAbsent(id, id));
        var before = persons(transaction, after.keySet());
        belongings.regroup(project, transaction, before, after);
        var moved = new LinkedHashMap<>(after);
        moved.entrySet().removeAll(before.entrySet());
        identityStore.write(transaction, moved);
        factStore.mark(transaction, facts.stream().filter(whoIsWho::isEffective).toList(), facts);
        before.keySet().retainAll(moved.keySet());
        people.moved(project, before, transaction);
        return whoIsWho;
    }

    private <T> T in(Project project, Database.Work<T> work) {
        return databases.of(project).transaction(transaction -> {
            identityStore.lock(transaction);
            return work.run(transaction);
        });
    }

    /** The people whose ids these are, by the ids. */
    public Map<String, String> persons(Connection connection, Collection<String> ids) throws SQLException {
        var known = identityStore.persons(connection, ids);
        var persons = new LinkedHashMap<String, String>();
        ids.forEach(id -> persons.put(id, known.getOrDefault(id, id)));
        return persons;
    }
}
