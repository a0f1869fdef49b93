package dev.tidemark.rollups.rows;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs what is done on one connection in a thread of its own, one after the other: while PostgreSQL works on a statement, what it
 * found before is worked on, and the next is made ready.
 */
final class StatementThread implements AutoCloseable {

    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());

    /** Begins it when all that was begun before is done. */
    <T> Future<T> begin(Callable<T> work) {
        return thread.submit(work);
    }

    /** What came of it. */
    static <T> T awaited(Future<T> begun) throws SQLException {
        try {
            return begun.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new IllegalStateException("A statement could not be run.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a statement is run.", e);
        }
    }

    /** Waits until nothing is run any more. */
    @Override
    public void close() {
        thread.close();
    }
}
