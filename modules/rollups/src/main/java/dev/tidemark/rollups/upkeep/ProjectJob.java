package dev.tidemark.rollups.upkeep;

import dev.tidemark.rollups.progress.RollupProjects;
import dev.tidemark.spi.Failures;
import dev.tidemark.spi.Job;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import java.time.Duration;

/** Does some work in each project that has rollups. What fails in one holds up no other. */
public record ProjectJob(String name, Duration every, RollupProjects projects, Work work) implements Job {

    @Override
    public void run(JobRun run) {
        var failures = new Failures(run);
        for (var project : projects.of(run)) {
            failures.of(() -> work.in(project, run, failures));
        }
        failures.rethrow();
    }

    /** What a job does in one project. */
    @FunctionalInterface
    interface Work {

        /** @param failures lets the work go on after a part of it has failed */
        void in(Project project, JobRun run, Failures failures);
    }
}
