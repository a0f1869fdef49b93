package dev.tidemark.rollups;

import dev.tidemark.spi.Job;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recomputes random buckets of every rollup from their events, tells of those that have drifted, and puts them right. */
final class AuditJob implements Job {

    private static final Logger LOG = LoggerFactory.getLogger(AuditJob.class);

    private final RollupProjects projects;
    private final DefinitionStore definitions;
    private final ProgressStore progress;
    private final AuditStore audits;
    private final Duration every;
    private final RandomGenerator random;

    AuditJob(
            RollupProjects projects,
            DefinitionStore definitions,
            ProgressStore progress,
            AuditStore audits,
            Duration every,
            RandomGenerator random) {
        this.projects = projects;
        this.definitions = definitions;
        this.progress = progress;
        this.audits = audits;
        this.every = every;
        this.random = random;
    }

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public Duration every() {
        return every;
    }

    @Override
    public void run(JobRun run) {
        var failures = new Failures(run);
        for (var project : projects.of(run)) {
            failures.of(() -> audit(run, project));
        }
        failures.rethrow();
    }

    /** What fails to go on is left alone: the job that rolls up tells why. */
    private void audit(JobRun run, Project project) {
        var database = run.databases().of(project);
        var ready = database.transaction(progress::ready);
        for (var rollup : database.transaction(definitions::all)) {
            if (ready.contains(rollup.name()) && !run.stopping()) {
                var place = random.nextDouble();
                database.transaction(connection -> audits.audit(connection, project, rollup, place))
                        .filter(hasDrifted -> hasDrifted)
                        .ifPresent(drifted -> LOG.warn(
                                "A bucket of rollup {} of project {} was not what its events make, and was made anew.",
                                rollup.name(),
                                project.slug()));
            }
        }
    }
}
