package dev.tidemark.rollups.upkeep;

import dev.tidemark.spi.Failures;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Finds the buckets that something noted concerns. Events may have to be searched for it, so it takes all that has come up
 * together, and a tenth of the time at most.
 */
public final class StaleSearch implements ProjectJob.Work {

    /** Notes buckets as stale; false: there was nothing to look for. */
    @FunctionalInterface
    public interface Finder {
        boolean find(Connection connection, Project project) throws SQLException;
    }

    private static final int PAUSES = 9;

    private final Finder finder;
    private final LongSupplier ticker;

    /** When a project may be searched again. */
    private final Map<Project, Long> pauses = new HashMap<>();

    /** @param ticker monotonic nanoseconds */
    public StaleSearch(Finder finder, LongSupplier ticker) {
        this.finder = finder;
        this.ticker = ticker;
    }

    @Override
    public void in(Project project, JobRun run, Failures failures) {
        var start = ticker.getAsLong();
        if (start - pauses.getOrDefault(project, start) < 0) {
            return;
        }
        if (run.databases().of(project).transaction(connection -> finder.find(connection, project))) {
            var end = ticker.getAsLong();
            pauses.put(project, end + (end - start) * PAUSES);
        }
    }
}
