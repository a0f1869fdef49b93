package dev.tidemark.core.events.life;

import dev.tidemark.spi.ActiveProjects;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.Failures;
import dev.tidemark.spi.Job;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Project;
import dev.tidemark.spi.Projects;
import dev.tidemark.spi.Rounds;
import java.time.Duration;

/** Adds up how many events collections have, and has the planner look at those that have changed a lot. */
public final class TotalsJob implements Job {

    /** Longer than from one run to the next. */
    private static final Duration ACTIVE = Duration.ofMinutes(5);

    private final Projects projects;
    private final Rounds rounds;
    private final Databases databases;
    private final TotalStore totals = new TotalStore();

    /** @param databases for what needs no term: to look at a table once more does no harm */
    public TotalsJob(Projects projects, ActiveProjects active, Databases databases) {
        this.projects = projects;
        this.rounds = new Rounds(active, ACTIVE);
        this.databases = databases;
    }

    @Override
    public String name() {
        return "totals";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run(JobRun run) {
        var failures = new Failures(run);
        for (var project : rounds.next(projects.all())) {
            failures.of(() -> addUp(run, project));
            failures.of(() -> analyze(run, project));
        }
        failures.rethrow();
    }

    private void addUp(JobRun run, Project project) {
        run.databases().of(project).transaction(connection -> {
            totals.fold(connection);
            return project;
        });
    }

    /** Outside of a transaction, in which the tables would stay locked against new columns to its end. */
    private void analyze(JobRun run, Project project) {
        var database = run.databases().of(project);
        for (var collection : database.transaction(totals::toAnalyze)) {
            databases.of(project).statements().execute().dml(TotalStore.analysis(collection));
            database.transaction(connection -> {
                totals.analyzed(connection, collection);
                return collection;
            });
        }
    }
}
