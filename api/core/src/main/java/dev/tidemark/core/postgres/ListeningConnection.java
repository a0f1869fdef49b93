package dev.tidemark.core.postgres;

import dev.tidemark.core.threads.BackgroundThread;
import dev.tidemark.spi.SqlName;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection on which this node listens. It is asked for a sign of life every second, since a dead listener is
 * silent, and made again when it is lost.
 */
final class ListeningConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ListeningConnection.class);
    private static final int WAIT_MILLIS = 100;
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int ANSWER_SECONDS = 2;

    private final PostgresAddress address;
    private final BiConsumer<String, String> deliver;
    private final Runnable catchUp;
    private final Set<String> channels = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition heard = lock.newCondition();
    private final BackgroundThread thread;
    private volatile long wanted = System.nanoTime();
    private volatile long aliveAt = wanted;
    private volatile boolean alive;
    private volatile boolean closed;

    ListeningConnection(PostgresAddress address, BiConsumer<String, String> deliver, Runnable catchUp) {
        this.address = address.withPatience(Duration.ofSeconds(ANSWER_SECONDS));
        this.deliver = deliver;
        this.catchUp = catchUp;
        this.thread = BackgroundThread.ofTheSystem("listen", this::run);
    }

    void listen(String channel) {
        channels.add(channel);
    }

    /** Whether PostgreSQL answers a question that is put to it now. */
    boolean answers() {
        var asked = System.nanoTime();
        lock.lock();
        try {
            wanted = asked;
            var left = TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
            while (alive && aliveAt - asked < 0 && left > 0) {
                left = heard.awaitNanos(left);
            }
            return alive && aliveAt - asked >= 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.close();
    }

    private void run() {
        while (!closed) {
            try {
                follow();
            } catch (SQLException e) {
                if (closed) {
                    return;
                }
                if (alive) {
                    LOG.warn("The listening connection was lost and is made again: SQLSTATE {}", e.getSQLState());
                }
            }
            heard(false);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS));
        }
    }

    private void follow() throws SQLException {
        try (var connection = DriverManager.getConnection(address.url(), address.properties())) {
            var notices = connection.unwrap(PGConnection.class);
            Set<String> listened = ConcurrentHashMap.newKeySet();
            while (!closed) {
                try (var statement = connection.createStatement()) {
                    for (var channel : channels) {
                        if (listened.add(channel)) {
                            statement.execute("listen " + SqlName.quoted(channel));
                        }
                    }
                }
                if (!alive) {
                    heard(true);
                    safely(catchUp);
                }
                for (var notice : notices.getNotifications(WAIT_MILLIS)) {
                    safely(() -> deliver.accept(notice.getName(), notice.getParameter()));
                }
                if (wanted - aliveAt > 0 || System.nanoTime() - aliveAt > CHECK_NANOS) {
                    if (!connection.isValid(ANSWER_SECONDS)) {
                        throw new SQLException("no answer", "08006");
                    }
                    heard(true);
                }
            }
        }
    }

    private void heard(boolean answer) {
        lock.lock();
        try {
            aliveAt = System.nanoTime();
            alive = answer;
            heard.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void safely(Runnable handler) {
        try {
            handler.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("A hint could not be followed; it will be caught up with.", e);
        }
    }
}
