package dev.tidemark.rollups.upkeep;

import dev.tidemark.rollups.definition.DefinitionStore;
import dev.tidemark.rollups.progress.ProgressStore;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Failures;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recomputes buckets of every rollup from their events, tells of those that have drifted, and puts them right. Each second one is
 * the last, which is changed most; the others are random, so that each is looked at some day.
 */
public final class Auditing implements ProjectJob.Work {

    private static final Logger LOG = LoggerFactory.getLogger(Auditing.class);

    /** A place, as {@link AuditStore#recompute} takes it. */
    private static final double LAST = 1;

    private final Databases databases;
    private final DefinitionStore definitions;
    private final ProgressStore progress;
    private final AuditStore audits;
    private final RandomGenerator random;

    /** @param databases for what only reads: in a job's own transactions something was read already, and they hold the lease */
    public Auditing(
            Databases databases,
            DefinitionStore definitions,
            ProgressStore progress,
            AuditStore audits,
            RandomGenerator random) {
        this.databases = databases;
        this.definitions = definitions;
        this.progress = progress;
        this.audits = audits;
        this.random = random;
    }

    /** What fails to go on is left alone: the job that rolls up tells why. */
    @Override
    public void in(Project project, JobRun run, Failures failures) {
        var database = run.databases().of(project);
        var ready = database.transaction(progress::ready);
        for (var rollup : database.transaction(definitions::all)) {
            if (ready.contains(rollup.name()) && !run.stopping()) {
                var place = random.nextBoolean() ? LAST : random.nextDouble();
                databases
                        .of(project)
                        .transaction(connection -> audits.recompute(connection, project, rollup, place))
                        .filter(recomputed -> database.transaction(
                                connection -> audits.settle(connection, project, rollup, recomputed)))
                        .ifPresent(drifted -> LOG.warn(
                                "A bucket of rollup {} of project {} was not what its events make, and was made anew.",
                                rollup.name(),
                                project.slug()));
            }
        }
    }
}
