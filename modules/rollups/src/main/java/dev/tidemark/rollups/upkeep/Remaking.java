package dev.tidemark.rollups.upkeep;

import dev.tidemark.rollups.definition.DefinitionStore;
import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.progress.StaleStore;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.Failures;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Makes buckets anew where what they are made of has changed, or someone asked for it: bucket by bucket, in at most half of the
 * time, so that others get on too.
 */
public final class Remaking implements ProjectJob.Work {

    /** Buckets of a project in one run. */
    private static final int MOST = 100;

    private final DefinitionStore definitions;
    private final StaleStore stale;
    private final BackfillStore backfills;
    private final RemakeStore remakes;
    private final Duration turn;
    private final LongSupplier ticker;

    /**
     * @param turn how long a rollup is made anew before the next one is
     * @param ticker monotonic nanoseconds
     */
    public Remaking(
            DefinitionStore definitions,
            StaleStore stale,
            BackfillStore backfills,
            RemakeStore remakes,
            Duration turn,
            LongSupplier ticker) {
        this.definitions = definitions;
        this.stale = stale;
        this.backfills = backfills;
        this.remakes = remakes;
        this.turn = turn;
        this.ticker = ticker;
    }

    @Override
    public void in(Project project, JobRun run, Failures failures) {
        var database = run.databases().of(project);
        var buckets = database.transaction(connection -> stale.some(connection, MOST));
        var waiting = database.transaction(backfills::waiting);
        if (buckets.isEmpty() && waiting.isEmpty()) {
            return;
        }
        var byName = database.transaction(definitions::all).stream()
                .collect(Collectors.toMap(Rollup::name, Function.identity()));
        for (var bucket : buckets) {
            rollup(byName, bucket.rollup())
                    .ifPresent(rollup -> failures.of(() -> database.transaction(
                            connection -> remakes.remake(connection, project, rollup, bucket.bucket()))));
        }
        for (var name : waiting) {
            rollup(byName, name).ifPresent(rollup -> failures.of(() -> backfill(run, database, project, rollup)));
        }
    }

    private void backfill(JobRun run, Database database, Project project, Rollup rollup) {
        var end = ticker.getAsLong() + turn.toNanos();
        while (!run.stopping()
                && ticker.getAsLong() - end < 0
                && database.transaction(connection -> remakes.backfill(connection, project, rollup))) {
            // until it is done, or has had its turn
        }
    }

    /** Empty: it was dropped meanwhile. */
    private static Optional<Rollup> rollup(Map<String, Rollup> byName, String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
