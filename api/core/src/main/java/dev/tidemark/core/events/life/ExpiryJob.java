package dev.tidemark.core.events.life;

import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.catalog.partitions.Period;
import dev.tidemark.core.catalog.snapshot.Columns;
import dev.tidemark.core.catalog.writing.Partitions;
import dev.tidemark.core.events.life.ExpiryStore.Retired;
import dev.tidemark.core.postgres.LentConnection;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Failures;
import dev.tidemark.spi.Job;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Projects;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Drops the partitions whose events are older than is kept, once every listener has passed them and every guard lets them
 * go. First a partition is taken out of its table, which needs a lock for a moment, then what is in it is counted and
 * dropped.
 */
public final class ExpiryJob implements Job {

    private final Projects projects;
    private final Catalogs catalogs;
    private final Supplier<List<String>> listeners;
    private final Supplier<List<NamedGuard>> guards;
    private final ExpiryStore store = new ExpiryStore();
    private final TotalStore totals = new TotalStore();

    /**
     * @param listeners the names of the modules that follow events, known once all have contributed
     * @param guards the same of those that follow them in their own way
     */
    public ExpiryJob(
            Projects projects, Catalogs catalogs, Supplier<List<String>> listeners, Supplier<List<NamedGuard>> guards) {
        this.projects = projects;
        this.catalogs = catalogs;
        this.listeners = listeners;
        this.guards = guards;
    }

    @Override
    public String name() {
        return "expiry";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run(JobRun run) {
        var waiting = new TreeSet<String>();
        var failures = new Failures(run);
        for (var project : projects.all()) {
            failures.of(() -> expire(run, project, waiting, failures));
        }
        failures.rethrow();
        if (!waiting.isEmpty()) {
            throw new CallerException(
                    ErrorCode.CONFLICT,
                    "Events that are older than is kept wait for modules that have yet to follow them: "
                            + String.join(", ", waiting) + ".");
        }
    }

    private void expire(JobRun run, Project project, Set<String> waiting, Failures failures) {
        var database = run.databases().of(project);
        for (var collection : database.transaction(connection -> catalogs.read(connection, project))) {
            failures.of(() -> retire(run, project, collection)
                    .forEach(module -> waiting.add(module + " in project " + project.slug())));
        }
        failures.of(() -> dropRetired(run, project));
    }

    /** The modules that have not passed the oldest partition that is too old; none: there is no such partition. */
    private List<String> retire(JobRun run, Project project, Columns collection) {
        if (collection.terms().keep().isEmpty()) {
            return List.of();
        }
        var partitions = catalogs.partitions(run.databases());
        var database = run.databases().of(project);
        for (var partition : database.transaction(connection -> partitions.expired(connection, collection))) {
            var behind = database.transaction(connection -> behind(connection, project, collection, partition));
            if (behind.isEmpty()) {
                // what was being written meanwhile is there now
                behind = partitions.retire(
                        project,
                        collection,
                        partition,
                        connection -> behind(connection, project, collection, partition));
            }
            if (!behind.isEmpty()) {
                return behind;
            }
        }
        return List.of();
    }

    private List<String> behind(Connection connection, Project project, Columns collection, Period partition)
            throws SQLException {
        var behind = new ArrayList<>(store.behind(connection, collection.name(), partition, listeners.get()));
        for (var guard : guards.get()) {
            if (!guard.guard().release(project, collection.name(), partition.end(), LentConnection.of(connection))) {
                behind.add(guard.module());
            }
        }
        return behind;
    }

    private void dropRetired(JobRun run, Project project) {
        var database = run.databases().of(project);
        var partitions = catalogs.partitions(run.databases());
        for (var retired : database.transaction(store::retired)) {
            database.transaction(connection -> {
                totals.fold(connection);
                var deleted = store.drop(connection, retired);
                if (deleted.isPresent()) {
                    var left = left(project, retired, partitions, connection);
                    totals.subtract(connection, retired.collection(), deleted.get(), left);
                }
                store.note(connection, retired);
                store.forgetCommits(connection, retired);
                return retired;
            });
        }
    }

    private List<Period> left(Project project, Retired retired, Partitions partitions, Connection connection)
            throws SQLException {
        var collection = catalogs.of(project).byTable(retired.collection()).orElseThrow();
        return partitions.of(connection, collection);
    }
}
