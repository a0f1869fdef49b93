package dev.tidemark.rollups.progress;

import dev.tidemark.spi.ActiveProjects;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Projects;
import dev.tidemark.spi.Rounds;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The projects that jobs look at: most have no rollup, and are left alone. */
public record RollupProjects(Projects projects, ActiveProjects active, RollupStore store) {

    /** So long after an event there may be more to do, and is looked each time. */
    private static final Duration ACTIVE = Duration.ofMinutes(1);

    /** All of them, for a job that runs seldom. */
    public List<Project> of(JobRun run) {
        var known = Set.copyOf(run.databases().server().transaction(store::projects));
        return projects.all().stream()
                .filter(project -> known.contains(project.id()))
                .toList();
    }

    /** Those whose turn it is in a job that runs often. */
    public Function<JobRun, List<Project>> inRounds() {
        var rounds = new Rounds(active, ACTIVE);
        return run -> rounds.next(of(run));
    }
}
