package dev.tidemark.core.catalog;

import dev.tidemark.core.postgres.Notifications;
import dev.tidemark.spi.CollectionListener;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** The catalogues of all projects, as this node knows them, and the way to change them. */
@SuppressWarnings("DoNotCallSuggester")
public final class Catalogs implements AutoCloseable {

    public Catalogs(Databases databases, Notifications notifications, Clock clock, CatalogLimits limits) {}

    /**
     * The current snapshot, from memory when this node has it; at most about a second behind.
     *
     * @throws dev.tidemark.spi.CallerException {@code NOT_FOUND} when the project is gone
     */
    public Catalog of(Project project) {
        throw new UnsupportedOperationException();
    }

    /** Reads the catalogue and the partitions again, whatever is in memory. */
    public Catalog refresh(Project project) {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes missing tables and columns, in one transaction of its own, and returns a snapshot that has them. What is there
     * stays as it is (another node may have been first, with another type), except that a {@code bigint} column that is
     * wanted as {@code double precision} is widened while its table is small. What may not be made is absent, with the
     * reason in {@link Catalog#refused}: {@code bad_collection}, {@code bad_property}, {@code too_many_columns}, {@code
     * too_many_new_columns}, {@code too_many_collections}, {@code too_large_to_widen}, {@code name_taken}.
     *
     * <p>It can wait for a long reader of the table: whoever gathers events of many callers calls it before they queue.
     *
     * @param wanted by labels: of the collection, and of its properties. A collection may be wanted without properties
     * @throws dev.tidemark.spi.CallerException {@code UNAVAILABLE} when a table was locked by others for ten seconds
     */
    public Catalog evolve(Project project, Map<String, Map<String, ColumnType>> wanted) {
        throw new UnsupportedOperationException();
    }

    /**
     * Whether the snapshot still describes the tables. True holds until the transaction ends for every table that the
     * transaction has written before it asked: a change of type waits for it. False: roll back, {@link #refresh}, again.
     */
    public boolean isCurrent(Connection transaction, Project project, Catalog snapshot) throws SQLException {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes the partitions that rows of these times need, in a transaction of its own; nothing when they are known.
     *
     * @param table the name of a collection's table
     * @param times each passed {@link TimeRange#check}
     */
    public void ensurePartitions(Project project, String table, Collection<Instant> times) {
        throw new UnsupportedOperationException();
    }

    /** The listener is called after each change that this node learns of, on one thread, with the newest state. */
    public void onChange(CollectionListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
