package dev.tidemark.rollups.upkeep;

import dev.tidemark.spi.Failures;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

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
    private final Clock clock;

    /** When a project may be searched again. */
    private final Map<Project, Instant> pauses = new HashMap<>();

    public StaleSearch(Finder finder, Clock clock) {
        this.finder = finder;
        this.clock = clock;
    }

    @Override
    public void in(Project project, JobRun run, Failures failures) {
        var start = clock.instant();
        if (start.isBefore(pauses.getOrDefault(project, Instant.MIN))) {
            return;
        }
        if (run.databases().of(project).transaction(connection -> finder.find(connection, project))) {
            var end = clock.instant();
            pauses.put(project, end.plus(Duration.between(start, end).multipliedBy(PAUSES)));
        }
    }
}
