package dev.tidemark.rollups;

import dev.tidemark.spi.Job;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import java.time.Clock;
import java.time.Duration;

/** Drops buckets that are older than their rollups keep them. */
final class KeepJob implements Job {

    /** So much longer they are there, so that a question which has just been told that they are finds them. */
    private static final Duration GRACE = Duration.ofHours(1);

    private final RollupProjects projects;
    private final DefinitionStore definitions;
    private final KeepStore kept;
    private final Duration every;
    private final Clock clock;

    KeepJob(RollupProjects projects, DefinitionStore definitions, KeepStore kept, Duration every, Clock clock) {
        this.projects = projects;
        this.definitions = definitions;
        this.kept = kept;
        this.every = every;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "keep";
    }

    @Override
    public Duration every() {
        return every;
    }

    @Override
    public void run(JobRun run) {
        var failures = new Failures(run);
        for (var project : projects.of(run)) {
            failures.of(() -> drop(run, project, failures));
        }
        failures.rethrow();
    }

    private void drop(JobRun run, Project project, Failures failures) {
        var database = run.databases().of(project);
        for (var rollup : database.transaction(definitions::all)) {
            rollup.keep()
                    .map(keep ->
                            rollup.bucket().floor(clock.instant().minus(keep).minus(GRACE)))
                    .ifPresent(from -> failures.of(() -> {
                        database.transaction(connection -> kept.keepFrom(connection, rollup, from));
                        while (!run.stopping()
                                && database.transaction(connection -> kept.drop(connection, rollup, from))) {
                            // until all are gone
                        }
                    }));
        }
    }
}
