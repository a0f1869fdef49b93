package dev.tidemark.rollups.upkeep;

import dev.tidemark.rollups.definition.DefinitionStore;
import dev.tidemark.spi.ClockStore;
import dev.tidemark.spi.Failures;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import java.time.Clock;
import java.time.Duration;

/** Drops buckets that are older than their rollups keep them. */
public final class Keeping implements ProjectJob.Work {

    /** So much longer they are there, so that a question which has just been told that they are finds them. */
    private static final Duration GRACE = Duration.ofHours(1);

    private final DefinitionStore definitions;
    private final KeepStore kept;
    private final Clock clock;

    public Keeping(DefinitionStore definitions, KeepStore kept, Clock clock) {
        this.definitions = definitions;
        this.kept = kept;
        this.clock = clock;
    }

    @Override
    public void in(Project project, JobRun run, Failures failures) {
        var database = run.databases().of(project);
        var now = database.transaction(connection -> ClockStore.earlier(connection, clock.instant()));
        for (var rollup : database.transaction(definitions::all)) {
            rollup.keep()
                    .map(keep -> rollup.bucket().floor(now.minus(keep).minus(GRACE)))
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
