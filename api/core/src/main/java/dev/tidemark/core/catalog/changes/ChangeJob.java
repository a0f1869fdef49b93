package dev.tidemark.core.catalog.changes;

import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.catalog.snapshot.CatalogStore;
import dev.tidemark.core.catalog.writing.CatalogTransactions;
import dev.tidemark.core.catalog.writing.Named;
import dev.tidemark.core.postgres.SqlState;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.DatabaseException;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Failures;
import dev.tidemark.spi.Job;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.PropertyListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Gives properties other types and indexes, as was asked for. */
public final class ChangeJob implements Job {

    static final WorkStore WORK = new WorkStore("catalog.changes");

    private static final String FAILS = "An internal error holds the change up, and it is tried again: lastError of the"
            + " job catalog.changes has the id under which the server's log says more.";

    private final Catalogs catalogs;
    private final Databases databases;
    private final Supplier<List<PropertyListener>> listeners;
    private final Clock clock;
    private final CatalogStore store = new CatalogStore();
    private final ChangeStore changes = new ChangeStore();

    /** @param listeners who hears of changed values, known once all have contributed */
    public ChangeJob(Catalogs catalogs, Databases databases, Supplier<List<PropertyListener>> listeners, Clock clock) {
        this.catalogs = catalogs;
        this.databases = databases;
        this.listeners = listeners;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "changes";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run(JobRun run) {
        WORK.workOff(
                run,
                project -> change(run, project),
                connection -> !changes.open(connection).isEmpty());
    }

    private void change(JobRun run, Project project) {
        var failures = new Failures(run);
        for (var change : run.databases().of(project).transaction(changes::open)) {
            failures.of(() -> attempt(run, project, change));
        }
        catalogs.announce(project);
        failures.rethrow();
    }

    /** Who asked for a change is told why it waits; what can never be is given up. */
    private void attempt(JobRun run, Project project, PropertyChange change) {
        try {
            if (change.type().isPresent()) {
                new TypeChange(run, project, store, listeners.get(), clock)
                        .run(change, change.type().get());
            } else {
                new IndexBuild(run, databases, project, store, clock).run(change);
            }
        } catch (CallerException e) {
            await(run, project, change, e.sentence());
        } catch (DatabaseException e) {
            if (!recover(run, project, change, e)) {
                await(run, project, change, FAILS);
                throw e;
            }
        } catch (Exception | Error e) {
            await(run, project, change, FAILS);
            throw e;
        }
    }

    private void await(JobRun run, Project project, PropertyChange change, String problem) {
        run.databases().of(project).transaction(connection -> {
            changes.wait(connection, change, problem);
            return change;
        });
    }

    private boolean recover(JobRun run, Project project, PropertyChange change, DatabaseException e) {
        if (SqlState.isDependedOn(e.sqlState())) {
            await(run, project, change, "A view reads the column: drop the view, and the change goes on.");
            return true;
        }
        if (change.type().isEmpty() && SqlState.isTooLarge(e.sqlState())) {
            new CatalogTransactions(run.databases(), store).run(project, connection -> {
                giveUp(connection, project, change);
                return change;
            });
            return true;
        }
        return false;
    }

    private void giveUp(Connection connection, Project project, PropertyChange change) throws SQLException {
        var columns = store.find(connection, change.collection());
        var property = columns.byColumn(change.column()).orElseThrow();
        new IndexStore().drop(connection, IndexBuild.name(change));
        changes.setIndex(connection, new Named(columns, property), Optional.empty());
        changes.finish(
                connection,
                change,
                Optional.of("A text of the property is longer than an index takes, some 2,700 bytes."),
                clock.instant());
        store.raiseVersion(connection, project);
    }
}
