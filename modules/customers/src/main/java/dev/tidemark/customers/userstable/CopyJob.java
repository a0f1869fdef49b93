package dev.tidemark.customers.userstable;

import dev.tidemark.customers.identity.Identities;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ClockStore;
import dev.tidemark.spi.Failures;
import dev.tidemark.spi.Job;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.JsonReader;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Projects;
import dev.tidemark.spi.PropertyTable;
import dev.tidemark.spi.SideBySide;
import java.time.Duration;

/** Copies the users tables, and notes of each how that went. */
public final class CopyJob implements Job {

    private final Duration every;
    private final Projects projects;
    private final UsersTables tables;
    private final UsersTableStore source;
    private final PropertyTable copy;
    private final CopyStore store;
    private final ErasedStore erasures;
    private final Identities identities;
    private final JsonReader json;

    public CopyJob(
            Duration every,
            Projects projects,
            UsersTables tables,
            UsersTableStore source,
            PropertyTable copy,
            CopyStore store,
            ErasedStore erasures,
            Identities identities,
            JsonReader json) {
        this.every = every;
        this.projects = projects;
        this.tables = tables;
        this.source = source;
        this.copy = copy;
        this.store = store;
        this.erasures = erasures;
        this.identities = identities;
        this.json = json;
    }

    @Override
    public String name() {
        return "copy-users";
    }

    @Override
    public Duration every() {
        return every;
    }

    @Override
    public void run(JobRun run) {
        var failures = new Failures(run);
        try (var works = new SideBySide(failures)) {
            for (var project : projects.all()) {
                tables.of(project).ifPresent(table -> works.begin(() -> copy(run, project, table)));
            }
        }
        failures.rethrow();
    }

    private void copy(JobRun run, Project project, UsersTable table) {
        var database = run.databases().of(project);
        var begun = database.transaction(ClockStore::now);
        var copying = new Copying(project, database, copy, store, erasures, identities, json);
        try {
            var isWhole = source.read(table, rows -> {
                copying.take(rows);
                return !run.stopping();
            });
            if (isWhole) {
                copying.end(begun);
            }
        } catch (CallerException e) {
            database.transaction(connection -> {
                store.failed(connection, e.sentence());
                return project;
            });
            throw e;
        }
    }
}
