package dev.tidemark.rollups.upkeep;

import dev.tidemark.rollups.definition.DefinitionStore;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.progress.ProgressStore;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.DatabaseException;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Failures;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recomputes parts of buckets of every rollup from their events, tells of those that have drifted, and puts them right. Each second
 * bucket is the last, which is changed most; the others are random, so that each is looked at some day.
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
    private final Pace pace;

    /** @param databases for what only reads: in a job's own transactions something was read already, and they hold the lease */
    public Auditing(
            Databases databases,
            DefinitionStore definitions,
            ProgressStore progress,
            AuditStore audits,
            RandomGenerator random,
            Pace pace) {
        this.databases = databases;
        this.definitions = definitions;
        this.progress = progress;
        this.audits = audits;
        this.random = random;
        this.pace = pace;
    }

    /** What fails to go on is left alone: the job that rolls up tells why. */
    @Override
    public void in(Project project, JobRun run, Failures failures) {
        var database = run.databases().of(project);
        for (var name : database.transaction(progress::ready)) {
            pace.work(() -> failures.of(
                    () -> rollup(database, name).ifPresent(rollup -> auditUnlessDropped(project, database, rollup))));
        }
    }

    /** As it is now: it may be another one than before the last rest. */
    private Optional<Rollup> rollup(Database database, String name) {
        return database.transaction(definitions::all).stream()
                .filter(rollup -> rollup.name().equals(name))
                .findFirst();
    }

    /** Looking at it holds nobody up: who drops it meanwhile is faster. */
    private void auditUnlessDropped(Project project, Database database, Rollup rollup) {
        try {
            audit(project, database, rollup);
        } catch (DatabaseException e) {
            if (rollup(database, rollup.name()).isPresent()) {
                throw e;
            }
        }
    }

    private void audit(Project project, Database database, Rollup rollup) {
        var bucket = random.nextBoolean() ? LAST : random.nextDouble();
        var share = random.nextDouble();
        databases
                .of(project)
                .transaction(connection -> audits.recompute(connection, project, rollup, bucket, share))
                .filter(recomputed ->
                        database.transaction(connection -> audits.settle(connection, project, rollup, recomputed)))
                .ifPresent(drifted -> LOG.warn(
                        "A bucket of rollup {} of project {} was not what its events make, and was made anew.",
                        rollup.name(),
                        project.slug()));
    }
}
