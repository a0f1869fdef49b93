package dev.tidemark.rollups;

import dev.tidemark.spi.Job;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes buckets anew of their events where these were erased, or someone asked for it: some at a time, each by itself. */
final class RemakeJob implements Job {

    /** Buckets of a project in one run, so that they leave time to others. */
    private static final int MOST = 100;

    private final RollupProjects projects;
    private final RollupStore rollups;
    private final StaleStore stale;

    RemakeJob(RollupProjects projects, RollupStore rollups, StaleStore stale) {
        this.projects = projects;
        this.rollups = rollups;
        this.stale = stale;
    }

    @Override
    public String name() {
        return "remake";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run(JobRun run) {
        projects.of(run).forEach(project -> remake(run, project));
    }

    private void remake(JobRun run, Project project) {
        var database = run.databases().of(project);
        var buckets = database.transaction(connection -> stale.some(connection, MOST));
        if (buckets.isEmpty()) {
            return;
        }
        var byName = database.transaction(rollups::all).stream()
                .collect(Collectors.toMap(Rollup::name, Function.identity()));
        for (var bucket : buckets) {
            var rollup = byName.get(bucket.rollup());
            if (rollup != null && !run.stopping()) {
                database.transaction(connection -> stale.remake(connection, project, rollup, bucket.bucket()));
            }
        }
    }
}
