package dev.tidemark.rollups.upkeep;

import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.progress.StaleStore;
import dev.tidemark.rollups.rolling.DueStore;
import dev.tidemark.rollups.rolling.Rolling;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.Project;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Brings one rollup up to date for somebody who waits for it, instead of when it has its turn. */
public record Refreshing(DueStore dues, Rolling rolling, StaleStore stale, RemakeStore remakes, LongSupplier ticker) {

    /** Nobody is kept waiting for longer; the jobs do the rest. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * Rolls up what is committed by now, and makes buckets anew that are to be.
     *
     * @throws CallerException why it cannot go on
     */
    public void refresh(Database database, Project project, Rollup rollup) {
        var end = ticker.getAsLong() + PATIENCE.toNanos();
        database.transaction(connection -> dues.behind(connection, rollup.follower()))
                .ifPresent(due -> rolling.advance(database, project, due, end, () -> false));
        rolling.settle(database, project);
        var bucket = database.transaction(connection -> stale.due(connection, rollup));
        while (bucket.isPresent() && ticker.getAsLong() - end < 0) {
            bucket = remadeBefore(database, project, rollup, bucket.get());
        }
    }

    /** Makes a bucket anew, and gives the next. */
    private Optional<Instant> remadeBefore(Database database, Project project, Rollup rollup, Instant bucket) {
        return database.transaction(connection -> {
            var _ = remakes.remake(connection, project, rollup, bucket);
            return stale.due(connection, rollup);
        });
    }
}
