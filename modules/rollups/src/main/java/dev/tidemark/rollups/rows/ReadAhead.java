package dev.tidemark.rollups.rows;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Future;

/**
 * The rows of cursors, some of one at a time: while these are worked on, the next are read by other threads, one for each cursor. So
 * PostgreSQL finds rows for one, while those of another are made into something. Between {@link #pause} and {@link #take} the
 * connection is free for other statements.
 */
final class ReadAhead<T> implements AutoCloseable {

    private final RowsReader<T> reader;
    private final int most;

    /** Each with what it reads next. The first is the next to take of. */
    private final Queue<Reading<T>> cursors = new ArrayDeque<>();

    private record Reading<T>(ResultSet rows, StatementThread thread, Future<Optional<T>> next) {}

    /**
     * @param cursors at least one
     * @param most rows at a time
     */
    ReadAhead(List<ResultSet> cursors, RowsReader<T> reader, int most) {
        this.reader = reader;
        this.most = most;
        cursors.forEach(rows -> readOn(rows, new StatementThread()));
    }

    /** Makes something of the next rows of a cursor, some number of them at most; empty: there are no more. */
    @FunctionalInterface
    interface RowsReader<T> {
        Optional<T> read(ResultSet rows, int most) throws SQLException;
    }

    /** What the next rows of one of the cursors make; empty: none has more. */
    Optional<T> take() throws SQLException {
        while (!cursors.isEmpty()) {
            var some = StatementThread.awaited(cursors.element().next());
            var cursor = cursors.remove();
            if (some.isPresent()) {
                readOn(cursor.rows(), cursor.thread());
                return some;
            }
            cursor.thread().close();
        }
        return Optional.empty();
    }

    private void readOn(ResultSet rows, StatementThread thread) {
        cursors.add(new Reading<>(rows, thread, thread.begin(() -> reader.read(rows, most))));
    }

    /** Waits until nothing is read any more. */
    void pause() throws SQLException {
        for (var cursor : cursors) {
            var _ = StatementThread.awaited(cursor.next());
        }
    }

    @Override
    public void close() {
        cursors.forEach(cursor -> cursor.thread().close());
    }
}
