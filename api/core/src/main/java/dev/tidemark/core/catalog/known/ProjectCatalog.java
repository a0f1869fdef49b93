package dev.tidemark.core.catalog.known;

import dev.tidemark.core.catalog.evolution.Evolution;
import dev.tidemark.core.catalog.partitions.Periods;
import dev.tidemark.core.catalog.snapshot.Budget;
import dev.tidemark.core.catalog.snapshot.Budget.FixedColumn;
import dev.tidemark.core.catalog.snapshot.Catalog;
import dev.tidemark.core.catalog.writing.CatalogTransactions;
import dev.tidemark.spi.Project;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What this node knows of one project. Refusals are remembered for a minute, so that a flood of new names costs no
 * transactions.
 */
final class ProjectCatalog {

    private static final Duration MEMORY = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Project project;
    private final AtomicReference<Catalog> catalog;
    private final Map<String, Periods> partitions = new ConcurrentHashMap<>();
    private final Map<FixedColumn, Long> fixed = new ConcurrentHashMap<>();
    private volatile OptionalLong collectionsAgain = OptionalLong.empty();
    private volatile OptionalLong columnsAgain = OptionalLong.empty();
    private final ReentrantLock evolving = new ReentrantLock();
    private final ReentrantLock partitioning = new ReentrantLock();

    ProjectCatalog(Project project, Catalog catalog) {
        this.project = project;
        this.catalog = new AtomicReference<>(catalog);
    }

    Project project() {
        return project;
    }

    Catalog catalog() {
        return catalog.get();
    }

    /** Keeps the newer of the two; says whether that is the given one. */
    boolean learn(Catalog read) {
        var before = catalog.getAndUpdate(known -> known.version() < read.version() ? read : known);
        return before.version() < read.version();
    }

    Periods partitions(String table) {
        return partitions.getOrDefault(table, Periods.NONE);
    }

    void learn(String table, Periods periods) {
        partitions.put(table, periods);
    }

    void forgetPartitions() {
        partitions.clear();
    }

    /** Of all on this node who want to change the project's collections, one waits at the database. */
    Catalog evolving(Supplier<Catalog> change) {
        return alone(evolving, change);
    }

    Periods partitioning(Supplier<Periods> change) {
        return alone(partitioning, change);
    }

    /**
     * As far as is remembered; the database knows better.
     *
     * @param now monotonic nanoseconds
     */
    Budget budget(long now) {
        return new Budget(
                isBefore(now, collectionsAgain) ? 0 : Integer.MAX_VALUE,
                isBefore(now, columnsAgain) ? 0 : Integer.MAX_VALUE,
                fixed(now));
    }

    /** @param now monotonic nanoseconds */
    void remember(Evolution.Result result, long now) {
        var again = now + MEMORY.toNanos();
        if (result.refusedFor("too_many_collections")) {
            collectionsAgain = OptionalLong.of(again);
        }
        if (result.refusedFor("too_many_new_columns")) {
            columnsAgain = OptionalLong.of(again);
        }
        result.fixed().forEach(column -> fixed.put(column, again));
    }

    private <T> T alone(ReentrantLock lock, Supplier<T> change) {
        if (!taken(lock)) {
            throw CatalogTransactions.busy(project);
        }
        try {
            return change.get();
        } finally {
            lock.unlock();
        }
    }

    private static boolean taken(ReentrantLock lock) {
        try {
            return lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isBefore(long now, OptionalLong again) {
        return again.isPresent() && now - again.getAsLong() < 0;
    }

    private Set<FixedColumn> fixed(long now) {
        return fixed.entrySet().stream()
                .filter(entry -> now - entry.getValue() < 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
