package dev.tidemark.core.catalog.writing;

import dev.tidemark.core.catalog.snapshot.CatalogStore;
import dev.tidemark.core.postgres.SqlState;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.DatabaseException;
import dev.tidemark.spi.Databases;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Project;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Transactions that change tables, one at a time in a project, whichever node. Each waits at most 50 ms for a lock, since
 * whoever wants the table next queues behind the waiting one, and then starts again a little later. Questions that follow one
 * another without a gap would keep it out for ever, so each sixth attempt waits longer, the last one for a second.
 */
public final class CatalogTransactions {

    /** With the waiting and the pauses between, about ten seconds. */
    private static final int ATTEMPTS = 18;

    /** A database that was cut off gives no sign, and senders of a new property wait. */
    private static final int ANSWER_MILLIS = 30_000;

    private static final int INSISTENT = 6;

    private static final Duration PATIENCE = Duration.ofMillis(50);
    private static final Duration INSISTENCE = Duration.ofMillis(250);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private final Databases databases;
    private final CatalogStore store;

    public CatalogTransactions(Databases databases, CatalogStore store) {
        this.databases = databases;
        this.store = store;
    }

    /** @param work may run again, and touches nothing but the connection */
    public <T> T run(Project project, Database.Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            var patience = patience(attempt);
            try {
                return databases.of(project).transaction(connection -> {
                    connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
                    store.lock(connection, project, patience);
                    return work.run(connection);
                });
            } catch (DatabaseException e) {
                if (!SqlState.isLockTimeout(e.sqlState())) {
                    throw e;
                }
                if (attempt == ATTEMPTS) {
                    throw busy(project);
                }
                pause(attempt);
            }
        }
    }

    public static CallerException busy(Project project) {
        return new CallerException(
                ErrorCode.UNAVAILABLE,
                "A table of project " + project.slug() + " is in use and could not be changed: try again later.");
    }

    private static Duration patience(int attempt) {
        return attempt % INSISTENT == 0 ? INSISTENCE.multipliedBy(1L << (attempt / INSISTENT - 1)) : PATIENCE;
    }

    private static void pause(int attempt) {
        var most = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt, 10));
        var pause = most.compareTo(LONGEST_PAUSE) < 0 ? most : LONGEST_PAUSE;
        var jitter = ThreadLocalRandom.current().nextLong(pause.toNanos() / 4);
        LockSupport.parkNanos(pause.toNanos() - jitter);
    }
}
