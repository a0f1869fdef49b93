package dev.tidemark.core.catalog.changes;

import dev.tidemark.core.catalog.changes.TypeChangeStore.Row;
import dev.tidemark.core.catalog.snapshot.CatalogStore;
import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.core.catalog.writing.CatalogTransactions;
import dev.tidemark.core.catalog.writing.TableStore;
import dev.tidemark.core.postgres.LentConnection;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.EventCollection.Property;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.PropertyListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Gives a column another type while it is read and written. Beside it a column of the new type is filled, some thousand
 * events at a time in the order of their commits; each step commits with its position, so that after a crash the next one
 * goes on. When few events are left, the table is locked for the moment that it takes to convert those and to swap the two
 * columns. What was found in {@code _extra} stays there until the column can be seen, and is taken out in a second pass; that
 * alone is run for a column that came after its values ({@link WaitingJob}).
 */
final class TypeChange {

    private static final int STEP = 10_000;

    /** They take a second or so, in which the table is locked. */
    private static final int FEW = 10_000;

    private final JobRun run;
    private final Project project;
    private final CatalogTransactions transactions;
    private final CatalogStore catalogs;
    private final Collection<PropertyListener> listeners;
    private final Clock clock;
    private final TypeChangeStore store = new TypeChangeStore();
    private final ChangeStore changes = new ChangeStore();

    TypeChange(
            JobRun run, Project project, CatalogStore catalogs, Collection<PropertyListener> listeners, Clock clock) {
        this.run = run;
        this.project = project;
        this.catalogs = catalogs;
        this.listeners = listeners;
        this.transactions = new CatalogTransactions(run.databases(), catalogs);
        this.clock = clock;
    }

    void run(PropertyChange change, ColumnType type) {
        var database = run.databases().of(project);
        if (change.swappedAt() == null) {
            transactions.run(project, connection -> {
                store.prepare(connection, change, type);
                return change;
            });
            do {
                inSteps(database, connection -> copy(connection, change.id(), type) && isMuchLeft(connection, change));
            } while (!run.stopping() && !swap(change, type));
        }
        inSteps(database, connection -> clean(connection, change.id()));
        if (!run.stopping()) {
            database.transaction(connection -> {
                changes.finish(connection, change, Optional.empty(), clock.instant());
                return change;
            });
        }
    }

    private void inSteps(Database database, Database.Work<Boolean> step) {
        var isMore = true;
        while (isMore && !run.stopping()) {
            isMore = database.transaction(step);
        }
    }

    /** Whether there may be more. */
    private boolean copy(Connection connection, long id, ColumnType type) throws SQLException {
        var change = changes.find(connection, id);
        var stretch = store.next(connection, change, STEP, Long.MAX_VALUE);
        if (stretch.isEmpty()) {
            return false;
        }
        var columns = catalogs.find(connection, change.collection());
        var property = property(columns, change);
        try (var rows = new ChangedRowStore(connection, change, stretch)) {
            for (var some = rows.next(); !some.isEmpty(); some = rows.next()) {
                var converted = some.stream()
                        .map(row -> ConvertedRow.of(row, columns, property, type))
                        .toList();
                store.write(
                        connection,
                        change,
                        type,
                        stretch,
                        converted.stream().map(ConvertedRow::written).toList());
                noteUnconverted(connection, change, converted);
            }
        }
        changes.advance(connection, id, stretch.end(), stretch.events());
        return true;
    }

    private void noteUnconverted(Connection connection, PropertyChange change, List<ConvertedRow> converted)
            throws SQLException {
        var unheld =
                converted.stream().filter(row -> row.unconverted().isPresent()).toList();
        if (!unheld.isEmpty()) {
            var first = unheld.getFirst();
            changes.unconverted(
                    connection,
                    change,
                    unheld.size(),
                    first.written().id(),
                    first.unconverted().orElseThrow());
        }
    }

    private boolean isMuchLeft(Connection connection, PropertyChange change) throws SQLException {
        return store.left(connection, changes.find(connection, change.id())) > FEW;
    }

    /** Whether it was done: not while so much is left that the table would be locked for long. */
    private boolean swap(PropertyChange asked, ColumnType type) {
        return transactions.run(project, connection -> {
            TableStore.close(connection, asked.collection());
            if (isMuchLeft(connection, asked)) {
                return false;
            }
            var isMore = true;
            while (isMore) {
                isMore = copy(connection, asked.id(), type);
            }
            store.swap(connection, asked);
            new TypeSwap(changes, clock)
                    .describe(connection, catalogs.find(connection, asked.collection()), asked, type);
            tell(connection, asked);
            catalogs.raiseVersion(connection, project);
            return true;
        });
    }

    private void tell(Connection connection, PropertyChange change) throws SQLException {
        for (var listener : listeners) {
            listener.changed(project, change.collection(), change.column(), LentConnection.of(connection));
        }
    }

    /** Whether there may be more. */
    private boolean clean(Connection connection, long id) throws SQLException {
        var change = changes.find(connection, id);
        var until = change.swappedAt() == null ? 0 : change.swappedAt();
        var stretch = store.next(connection, change, STEP, until);
        if (stretch.isEmpty()) {
            return false;
        }
        var columns = catalogs.find(connection, change.collection());
        var property = property(columns, change);
        var isAnyFilled = false;
        try (var rows = new ChangedRowStore(connection, change, stretch)) {
            for (var some = rows.next(); !some.isEmpty(); some = rows.next()) {
                List<Row> written = new ArrayList<>();
                for (var row : some) {
                    // most rows have nothing there, and their values need not be read
                    var cleaned = Optional.ofNullable(row.extra())
                            .flatMap(extra -> ConvertedRow.cleaned(row, columns, property));
                    cleaned.ifPresent(written::add);
                    isAnyFilled |= cleaned.isPresent() && row.value() == null;
                }
                store.clean(connection, change, property.type(), stretch, written);
            }
        }
        if (isAnyFilled) {
            tell(connection, change);
        }
        changes.advance(connection, id, stretch.end(), 0);
        return true;
    }

    private static Property property(Columns columns, PropertyChange change) {
        return columns.byColumn(change.column()).orElseThrow();
    }
}
