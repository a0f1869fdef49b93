package dev.tidemark.core.catalog.changes;

import dev.tidemark.core.catalog.changes.IndexStore.Part;
import dev.tidemark.core.catalog.snapshot.CatalogStore;
import dev.tidemark.core.catalog.writing.CatalogTransactions;
import dev.tidemark.spi.DatabaseException;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.EventCollection.Property;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import io.helidon.dbclient.DbClientException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;

/** Makes the index of a property, partition by partition; a part that a crash left unfinished is made again. */
final class IndexBuild {

    private final JobRun run;
    private final Databases databases;
    private final Project project;
    private final CatalogStore catalogs;
    private final Clock clock;
    private final IndexStore store = new IndexStore();
    private final ChangeStore changes = new ChangeStore();

    /** @param databases for what cannot be in a transaction, and therefore not be fenced: to make a part twice does no harm */
    IndexBuild(JobRun run, Databases databases, Project project, CatalogStore catalogs, Clock clock) {
        this.run = run;
        this.databases = databases;
        this.project = project;
        this.catalogs = catalogs;
        this.clock = clock;
    }

    void run(PropertyChange change) {
        var transactions = new CatalogTransactions(run.databases(), catalogs);
        var database = run.databases().of(project);
        var columns = database.transaction(connection -> catalogs.find(connection, change.collection()));
        var property = columns.byColumn(change.column()).orElseThrow();
        var index = name(change);
        transactions.run(project, connection -> {
            store.create(connection, columns, property, index);
            return index;
        });
        for (var part : database.transaction(connection -> store.missing(connection, columns, index))) {
            if (run.stopping()) {
                return;
            }
            make(part, property);
            transactions.run(project, connection -> {
                store.attach(connection, index, part);
                return part;
            });
        }
        database.transaction(connection -> {
            changes.finish(connection, change, Optional.empty(), clock.instant());
            return change;
        });
    }

    static String name(PropertyChange change) {
        return name(change.id());
    }

    static String name(long change) {
        return "_i" + change;
    }

    private void make(Part part, Property property) {
        if (part.isValid()) {
            return;
        }
        if (part.isMade()) {
            execute(IndexStore.removal(part));
        }
        execute(IndexStore.creation(part, property));
    }

    private void execute(String sql) {
        try {
            databases.of(project).statements().execute().dml(sql);
        } catch (DbClientException e) {
            throw e.getCause() instanceof SQLException cause ? new DatabaseException(cause) : e;
        }
    }
}
