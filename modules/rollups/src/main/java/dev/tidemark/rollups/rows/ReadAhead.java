package dev.tidemark.rollups.rows;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.Future;

/**
 * The rows of a cursor, some at a time: while these are worked on, the next are read by another thread. Between {@link #pause}
 * and {@link #take} the connection is free for other statements.
 */
final class ReadAhead<T> implements AutoCloseable {

    private final StatementThread reading = new StatementThread();
    private final ResultSet rows;
    private final RowsReader<T> reader;
    private final int most;
    private Future<T> next;

    /** @param most rows at a time */
    ReadAhead(ResultSet rows, RowsReader<T> reader, int most) {
        this.rows = rows;
        this.reader = reader;
        this.most = most;
        this.next = reading.begin(this::read);
    }

    /** Makes something of the next rows of a cursor, some number of them at most; of none, when there are no more. */
    @FunctionalInterface
    interface RowsReader<T> {
        T read(ResultSet rows, int most) throws SQLException;
    }

    /** What the next rows make. */
    T take() throws SQLException {
        var some = StatementThread.awaited(next);
        next = reading.begin(this::read);
        return some;
    }

    /** Waits until nothing is read any more. */
    void pause() throws SQLException {
        StatementThread.awaited(next);
    }

    @Override
    public void close() {
        reading.close();
    }

    private T read() throws SQLException {
        return reader.read(rows, most);
    }
}
