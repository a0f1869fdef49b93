package dev.tidemark.rollups.rolling;

import dev.tidemark.rollups.definition.Rollup;
import dev.tidemark.rollups.progress.ProgressStore;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Failures;
import dev.tidemark.spi.Job;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.SideBySide;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes all rollups towards the last commit: those that stand at one position together, and no others wait for them. */
public final class RollJob implements Job {

    private static final Logger LOG = LoggerFactory.getLogger(RollJob.class);

    /** After that a rollup waits for the next run, so that one with much to do holds up none that was made meanwhile. */
    private static final Duration TURN = Duration.ofSeconds(1);

    private final Function<JobRun, List<Project>> projects;
    private final DueStore dues;
    private final ProgressStore progress;
    private final Rolling rolling;
    private final Patience patience;
    private final Duration every;
    private final LongSupplier ticker;

    public RollJob(
            Function<JobRun, List<Project>> projects,
            DueStore dues,
            ProgressStore progress,
            Rolling rolling,
            Patience patience,
            Duration every,
            LongSupplier ticker) {
        this.projects = projects;
        this.dues = dues;
        this.progress = progress;
        this.rolling = rolling;
        this.patience = patience;
        this.every = every;
        this.ticker = ticker;
    }

    @Override
    public String name() {
        return "roll";
    }

    @Override
    public Duration every() {
        return every;
    }

    @Override
    public void run(JobRun run) {
        var failures = new Failures(run);
        try (var works = new SideBySide(failures)) {
            for (var project : projects.apply(run)) {
                failures.of(() -> {
                    rolling.settle(run.databases().of(project), project);
                    for (var due : due(run, project)) {
                        works.begin(() -> roll(run, project, due));
                    }
                });
            }
        }
        failures.rethrow();
    }

    private List<Due> due(JobRun run, Project project) {
        return run.databases().of(project).transaction(connection -> dues.due(connection, patience));
    }

    /** When some cannot go on together, each has to show whether it can. */
    private void roll(JobRun run, Project project, Due due) {
        try {
            rolling.advance(
                    run.databases().of(project), project, due, ticker.getAsLong() + TURN.toNanos(), run::stopping);
        } catch (RuntimeException e) {
            if (due.rollups().size() > 1) {
                due.alone().forEach(one -> roll(run, project, one));
            } else {
                failed(run, project, due.rollups().getFirst(), e);
            }
        }
    }

    private void failed(JobRun run, Project project, Rollup rollup, RuntimeException failure) {
        if (failure instanceof CallerException refusal) {
            failed(run, project, rollup, refusal.sentence());
            return;
        }
        var id = UUID.randomUUID().toString();
        failed(run, project, rollup, "Internal error " + id + ": the server's log says more.");
        LOG.error("Rollup {} of project {} failed: {}", rollup.name(), project.slug(), id, failure);
    }

    private void failed(JobRun run, Project project, Rollup rollup, String error) {
        run.databases().of(project).transaction(connection -> {
            progress.failed(connection, rollup, error);
            return rollup;
        });
    }
}
