package dev.tidemark.rollups.upkeep;

import dev.tidemark.spi.Failures;
import dev.tidemark.spi.Job;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Does some work in projects that have rollups. What fails in one holds up no other. */
public record ProjectJob(String name, Duration every, Function<JobRun, List<Project>> projects, Work work)
        implements Job {

    @Override
    public void run(JobRun run) {
        var failures = new Failures(run);
        for (var project : projects.apply(run)) {
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
