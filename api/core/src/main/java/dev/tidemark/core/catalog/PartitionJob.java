package dev.tidemark.core.catalog;

import dev.tidemark.core.catalog.known.Catalogs;
import dev.tidemark.core.catalog.writing.Partitions;
import dev.tidemark.spi.ActiveProjects;
import dev.tidemark.spi.Failures;
import dev.tidemark.spi.Job;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Projects;
import dev.tidemark.spi.Rounds;
import java.time.Duration;

/** Makes the partitions that collections will need soon, so that ingestion need not wait for them. */
final class PartitionJob implements Job {

    /** Longer than from one run to the next. */
    private static final Duration ACTIVE = Duration.ofMinutes(5);

    private final Projects projects;
    private final Rounds rounds;
    private final Catalogs catalogs;

    PartitionJob(Projects projects, ActiveProjects active, Catalogs catalogs) {
        this.projects = projects;
        this.rounds = new Rounds(active, ACTIVE);
        this.catalogs = catalogs;
    }

    @Override
    public String name() {
        return "partitions";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run(JobRun run) {
        var partitions = catalogs.partitions(run.databases());
        var failures = new Failures(run);
        for (var project : rounds.next(projects.all())) {
            failures.of(() -> ahead(run, partitions, project));
        }
        failures.rethrow();
    }

    private void ahead(JobRun run, Partitions partitions, Project project) {
        run.databases()
                .of(project)
                .transaction(connection -> partitions.soon(connection, catalogs.read(connection, project)))
                .forEach((collection, times) -> partitions.ensure(project, collection, times));
    }
}
