package dev.tidemark.core.events.life;

import dev.tidemark.core.events.commit.DeadLetterStore;
import dev.tidemark.core.events.commit.LedgerStore;
import dev.tidemark.core.events.commit.WarningStore;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.Failures;
import dev.tidemark.spi.Job;
import dev.tidemark.spi.JobRun;
import dev.tidemark.spi.Projects;
import java.time.Duration;

/** Forgets messageIds, dead letters and warnings in their time, in pieces that hold no lock for long. */
public final class PurgeJob implements Job {

    private static final int PIECE = 10_000;

    private final Projects projects;
    private final Duration window;
    private final Duration lettersKept;
    private final Duration warningsKept;
    private final LedgerStore ledger = new LedgerStore();
    private final WarningStore warnings = new WarningStore();

    public PurgeJob(Projects projects, Duration window, Duration lettersKept, Duration warningsKept) {
        this.projects = projects;
        this.window = window;
        this.lettersKept = lettersKept;
        this.warningsKept = warningsKept;
    }

    @Override
    public String name() {
        return "purge";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run(JobRun run) {
        var failures = new Failures(run);
        for (var project : projects.all()) {
            failures.of(() -> purge(run, run.databases().of(project)));
        }
        failures.rethrow();
    }

    private void purge(JobRun run, Database database) {
        inPieces(run, database, connection -> ledger.forget(connection, window, PIECE));
        inPieces(run, database, connection -> DeadLetterStore.forget(connection, lettersKept, PIECE));
        database.transaction(connection -> DeadLetterStore.forgetHours(connection, lettersKept));
        database.transaction(warnings::fold);
        database.transaction(connection -> warnings.forget(connection, warningsKept));
    }

    private static void inPieces(JobRun run, Database database, Database.Work<Integer> forget) {
        var forgotten = PIECE;
        while (forgotten == PIECE && !run.stopping()) {
            forgotten = database.transaction(forget);
        }
    }
}
