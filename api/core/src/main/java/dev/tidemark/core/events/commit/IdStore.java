package dev.tidemark.core.events.commit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/** Sequence {@code _event_id} of one project: this node takes ids by the block. What it does not use is lost. */
final class IdStore {

    /** As the sequence's increment. */
    static final int BLOCK = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private long next;
    private long end;

    /**
     * Ids that follow one another.
     *
     * @param count at most a block
     * @return the first
     */
    long take(Connection connection, int count) throws SQLException {
        lock.lock();
        try {
            if (end - next < count) {
                next = block(connection);
                end = next + BLOCK;
            }
            var first = next;
            next += count;
            return first;
        } finally {
            lock.unlock();
        }
    }

    private static long block(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select nextval('_event_id')");
                var rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
