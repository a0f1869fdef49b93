package dev.tidemark.rollups.rows;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The rows of a cursor, some at a time: while these are worked on, the next are read by another thread. Between {@link #pause}
 * and {@link #take} the connection is free for other statements.
 */
final class ReadAhead<T> implements AutoCloseable {

    private final ExecutorService reading =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private final ResultSet rows;
    private final RowReader<T> reader;
    private final int most;
    private Future<List<T>> next;

    /** @param most rows at a time */
    ReadAhead(ResultSet rows, RowReader<T> reader, int most) {
        this.rows = rows;
        this.reader = reader;
        this.most = most;
        this.next = reading.submit(this::read);
    }

    /** Makes something of the row at which a cursor stands. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** The next rows; empty: there are no more. */
    List<T> take() throws SQLException {
        var some = awaited();
        next = reading.submit(this::read);
        return some;
    }

    /** Waits until nothing is read any more. */
    void pause() throws SQLException {
        awaited();
    }

    @Override
    public void close() {
        reading.close();
    }

    private List<T> read() throws SQLException {
        var some = new ArrayList<T>(most);
        while (some.size() < most && rows.next()) {
            some.add(reader.read(rows));
        }
        return some;
    }

    private List<T> awaited() throws SQLException {
        try {
            return next.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new IllegalStateException("Rows could not be read.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while rows are read.", e);
        }
    }
}
