package dev.tidemark.rollups.progress;

import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Projects;
import java.util.List;
import java.util.Set;

/** The projects that jobs look at: most have no rollup, and are left alone. */
public record RollupProjects(Projects projects, RollupStore store) {

    public List<Project> of(JobRun run) {
        var known = Set.copyOf(run.databases().server().transaction(store::projects));
        return projects.all().stream()
                .filter(project -> known.contains(project.id()))
                .toList();
    }
}
