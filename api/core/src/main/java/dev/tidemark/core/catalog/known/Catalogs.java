package dev.tidemark.core.catalog.known;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tidemark.core.catalog.declarations.DeclareCollection;
import dev.tidemark.core.catalog.evolution.Evolution;
import dev.tidemark.core.catalog.evolution.EvolutionPlan;
import dev.tidemark.core.catalog.evolution.EvolutionPlan.Planned;
import dev.tidemark.core.catalog.partitions.Periods;
import dev.tidemark.core.catalog.partitions.TimeRange;
import dev.tidemark.core.catalog.snapshot.Catalog;
import dev.tidemark.core.catalog.snapshot.CatalogLimits;
import dev.tidemark.core.catalog.snapshot.CatalogStore;
import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.core.catalog.writing.Amendment;
import dev.tidemark.core.catalog.writing.CatalogTransactions;
import dev.tidemark.core.catalog.writing.Partitions;
import dev.tidemark.core.postgres.Notifications;
import dev.tidemark.core.schema.Input;
import dev.tidemark.spi.CollectionListener;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** The catalogues of all projects, as this node knows them, and the way to change them. */
public final class Catalogs implements AutoCloseable {

    private static final Duration UNUSED = Duration.ofHours(1);

    /** Tidied up by who reads: it is read so often that another thread would be woken for that by nearly each question. */
    private final Cache<Integer, ProjectCatalog> known = Caffeine.newBuilder()
            .expireAfterAccess(UNUSED)
            .executor(Runnable::run)
            .build();

    private final Databases databases;
    private final CatalogStore store = new CatalogStore();
    private final CatalogTransactions transactions;
    private final Evolution evolution;
    private final Partitions partitions;
    private final CatalogFollower follower;
    private final Clock clock;
    private final LongSupplier ticker;
    private final CatalogLimits limits;
    private volatile Function<Project, Set<String>> reserved = project -> Set.of();

    /** @param ticker monotonic nanoseconds, for how long refusals are remembered: clocks are set */
    public Catalogs(
            Databases databases, Notifications notifications, Clock clock, LongSupplier ticker, CatalogLimits limits) {
        this.transactions = new CatalogTransactions(databases, store);
        this.databases = databases;
        this.evolution = new Evolution(transactions, store, limits);
        this.partitions = new Partitions(transactions, clock);
        this.clock = clock;
        this.ticker = ticker;
        this.limits = limits;
        this.follower = new CatalogFollower(this, notifications, new VersionStore(databases.server()));
    }

    /** @param names which names a project has given to something else than collections */
    public void reserve(Function<Project, Set<String>> names) {
        reserved = names;
    }

    /**
     * The current snapshot, from memory when this node has it; at most about a second behind.
     *
     * @throws dev.tidemark.spi.CallerException {@code NOT_FOUND} when the project is gone
     */
    public Catalog of(Project project) {
        return entry(project).catalog();
    }

    /** Reads the catalogue and the partitions again, whatever is in memory. */
    public Catalog refresh(Project project) {
        var entry = entry(project);
        entry.forgetPartitions();
        learn(entry, read(project));
        return entry.catalog();
    }

    /**
     * Makes missing tables and columns, in one transaction of its own, and returns a snapshot that has them. What is there
     * stays as it is (another node may have been first, with another type), except that a {@code bigint} column that is
     * wanted as {@code double precision} is widened while its table is small; whether it was, its type tells. What may not
     * be made is absent, with the reason in {@link Catalog#refused}: {@code bad_collection}, {@code bad_property}, {@code
     * too_many_columns}, {@code too_many_new_columns}, {@code too_many_collections}, {@code name_taken}.
     *
     * <p>It can wait for a long reader of the table: whoever gathers events of many callers calls it before they queue.
     *
     * @param wanted by labels: of the collection, and of its properties. A collection may be wanted without properties
     * @throws dev.tidemark.spi.CallerException {@code UNAVAILABLE} when a table was locked by others for ten seconds
     */
    public Catalog evolve(Project project, Map<String, Map<String, ColumnType>> wanted) {
        var known = of(project);
        var isGrowing =
                wanted.keySet().stream().allMatch(label -> known.columns(label).isPresent());
        var taken = isGrowing ? Set.<String>of() : reserved.apply(project);
        return evolve(project, (catalog, budget) -> EvolutionPlan.of(catalog, wanted, taken, limits, budget));
    }

    /**
     * The same for a module's table, which is there.
     *
     * @param wanted by labels
     */
    public Catalog evolve(Project project, String table, Map<String, ColumnType> wanted) {
        return evolve(
                project,
                (catalog, budget) -> EvolutionPlan.ofModule(catalog, table, wanted, limits.ofModules(), budget));
    }

    private Catalog evolve(Project project, Planned planned) {
        var entry = entry(project);
        return settled(entry, planned)
                .orElseGet(() -> entry.evolving(() -> settled(entry, planned).orElseGet(() -> change(entry, planned))));
    }

    /** Makes a collection as {@code declareCollection} asks for it, or amends it. */
    public Amendment declaration(Project project, Input input) {
        return new DeclareCollection(input, reserved.apply(project), evolution, limits);
    }

    /**
     * Changes the catalogue as someone asked for.
     *
     * @param collection the label of the collection that is there afterwards
     */
    public Columns amend(Project project, String collection, Amendment amendment) {
        var entry = entry(project);
        var after = transactions.run(project, connection -> {
            var before = store.read(connection, project);
            amendment.apply(connection, before);
            store.raiseVersion(connection, project);
            var amended = store.read(connection, project);
            limits.requireRoom(before, amended);
            return amended;
        });
        learn(entry, after);
        follower.announce(project);
        return after.columns(collection).orElseThrow();
    }

    /**
     * Runs work that changes what can be asked beside collections, as a transaction of a database of the project, and lets
     * all nodes know: the catalogue has another version afterwards.
     */
    public <T> T renew(Project project, Database database, Database.Work<T> work) {
        var result = database.transaction(connection -> {
            var value = work.run(connection);
            store.raiseVersion(connection, project);
            return value;
        });
        learn(entry(project), read(project));
        follower.announce(project);
        return result;
    }

    /**
     * Whether the tables still are as the snapshot describes them; they may have got more columns. True holds until the
     * transaction ends for every table that the transaction wrote before it asked: a change of type waits for it. False:
     * roll back, {@link #refresh}, do it again.
     *
     * @param transaction in isolation level {@code read committed}
     * @param version of the catalogue, as the transaction has just read it
     */
    public boolean isCurrent(Connection transaction, Project project, Catalog snapshot, long version)
            throws SQLException {
        return version == snapshot.version() || snapshot.isWithin(store.read(transaction, project));
    }

    /** Whether nothing changed since the snapshot, as far as the transaction sees. */
    public boolean isNewest(Connection transaction, Project project, Catalog snapshot) throws SQLException {
        return store.version(transaction, project) == snapshot.version();
    }

    /**
     * Makes the partitions that rows of these times need, in a transaction of its own; nothing when they are known.
     *
     * @param table the name of a collection's table
     * @param times each passed {@link TimeRange#check}
     */
    public void ensurePartitions(Project project, String table, Collection<Instant> times) {
        var entry = entry(project);
        if (!entry.partitions(table).coverAll(times)) {
            entry.partitioning(() -> partition(entry, table, times));
        }
    }

    /** The collections as the database has them, for who looks through all projects: they are not kept in memory. */
    public List<Columns> read(Connection connection, Project project) throws SQLException {
        return store.read(connection, project).all();
    }

    /** Hints to all nodes, this one too, that the project's catalogue may have changed. */
    public void announce(Project project) {
        follower.announce(project);
    }

    /** The partitions of collections, by connections of whoever asks. */
    public Partitions partitions(Databases lent) {
        return new Partitions(new CatalogTransactions(lent, store), clock);
    }

    /** The listener is called after each change that this node learns of, on a thread of its own, with the newest state. */
    public void onChange(CollectionListener listener) {
        follower.add(listener);
    }

    @Override
    public void close() {
        follower.close();
    }

    /** Those that this node knows, by id. Looking keeps none of them in memory. */
    Map<Integer, Project> known() {
        return known.asMap().values().stream()
                .map(ProjectCatalog::project)
                .collect(Collectors.toMap(Project::id, Function.identity()));
    }

    /** Another node may have changed the project; one that was not known becomes so, for listeners to hear of it. */
    void follow(Project project, long version) {
        var entry = known.policy().getIfPresentQuietly(project.id());
        if (entry == null) {
            follower.tell(entry(project));
        } else if (entry.catalog().version() < version) {
            learn(entry, read(project));
        }
    }

    void forget(int project) {
        known.invalidate(project);
    }

    /** The answer when it takes no transaction: all is there, or was refused a moment ago. */
    private Optional<Catalog> settled(ProjectCatalog entry, Planned planned) {
        var catalog = entry.catalog();
        var plan = planned.by(catalog, entry.budget(ticker.getAsLong()));
        return plan.growths().isEmpty() ? Optional.of(catalog.refusing(plan.refused())) : Optional.empty();
    }

    private Catalog change(ProjectCatalog entry, Planned planned) {
        var result = evolution.run(entry.project(), planned);
        entry.remember(result, ticker.getAsLong());
        learn(entry, result.catalog());
        if (result.changed()) {
            follower.announce(entry.project());
        }
        return result.catalog().refusing(result.refused());
    }

    private Periods partition(ProjectCatalog entry, String table, Collection<Instant> times) {
        var known = entry.partitions(table);
        if (known.coverAll(times)) {
            return known;
        }
        var collection = entry.catalog().byTable(table).orElseThrow();
        var covering = partitions.ensure(entry.project(), collection, times);
        entry.learn(table, covering);
        return covering;
    }

    private ProjectCatalog entry(Project project) {
        return known.get(project.id(), id -> new ProjectCatalog(project, read(project)));
    }

    private Catalog read(Project project) {
        return databases.of(project).transaction(connection -> store.read(connection, project));
    }

    private void learn(ProjectCatalog entry, Catalog read) {
        if (entry.learn(read)) {
            follower.tell(entry);
        }
    }
}
