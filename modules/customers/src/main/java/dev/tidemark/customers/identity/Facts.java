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

/** What is said of who is who, and what follows from it. */
public final class Facts {

    /** So the audit log calls it, which must not name persons. */
    private static final String FACT = "fact ";

    /** All that connects people is read with each new fact about one of them. */
    private static final int MOST_FACTS = 10_000;

    private static final long MOST_BYTES = 8 << 20;

    private final Databases databases;
    private final Questions questions;
    private final People people;
    private final Identities identities;
    private final IdentityStore identityStore = new IdentityStore();
    private final FactStore store = new FactStore();
    private final Belongings belongings;
    private final AuditLog audit;
    private final Clock clock;
    private final Set<Project> begun = ConcurrentHashMap.newKeySet();

    public Facts(ModuleContext context, Identities identities, Belongings belongings) {
        this.databases = context.databases();
        this.questions = context.questions();
        this.people = context.people();
        this.identities = identities;
        this.belongings = belongings;
        this.audit = context.audit();
        this.clock = context.clock();
    }

    /** The facts as something that one can ask. */
    public Relation relation(Project project) {
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
        if (!identities.hasBegun(project)) {
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
            store.add(transaction, fact, Most.SAID).ifPresent(added::add);
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
            store.remove(transaction, added);
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
            var fact = store.decide(transaction, said);
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
            var fact = store.takeBack(transaction, id, clock.instant());
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
        var facts = store.forget(transaction, id);
        if (!facts.isEmpty()) {
            var _ = regroup(project, transaction, facts, connected(transaction, facts));
        }
        var wasKnown = belongings.forget(transaction, id);
        return Map.of("identities", (long) facts.size(), "properties", wasKnown ? 1L : 0L);
    }

    /** All facts about ids, in their order. */
    List<Fact> about(Project project, Collection<String> ids) {
        return databases.of(project).transaction(connection -> store.about(connection, ids));
    }

    /** The same as they were then. */
    List<Fact> about(Project project, Collection<String> ids, Instant asOf) {
        return databases.of(project).transaction(connection -> {
            var whoIsWho = new WhoIsWho(store.connected(connection, ids, asOf));
            return store.about(connection, ids).stream()
                    .filter(fact -> !fact.saidAt().isAfter(asOf))
                    .map(fact -> fact.asOf(asOf).effective(whoIsWho.isEffective(fact)))
                    .toList();
        });
    }

    /** All facts about those whom some concern. */
    private List<Fact> connected(Connection transaction, List<Fact> some) throws SQLException {
        return store.connected(transaction, ends(some));
    }

    /** @throws CallerException {@code QUERY_TOO_COMPLEX} when they are too many, or too much is known of whom they are about */
    private List<Fact> fewConnected(Connection transaction, List<Fact> some) throws SQLException {
        if (!store.areFew(transaction, ends(some), MOST_FACTS, MOST_BYTES)) {
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
        var before = identities.persons(transaction, after.keySet());
        belongings.regroup(project, transaction, before, after);
        var moved = new LinkedHashMap<>(after);
        moved.entrySet().removeAll(before.entrySet());
        identityStore.write(transaction, moved);
        store.mark(transaction, facts.stream().filter(whoIsWho::isEffective).toList(), facts);
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
}
