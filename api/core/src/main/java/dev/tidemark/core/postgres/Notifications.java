package dev.tidemark.core.postgres;

import dev.tidemark.core.threads.BackgroundThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hints between nodes, by LISTEN and NOTIFY.
 *
 * <p>A hint says that something may have changed; it may come late, twice or never, and what changed is always read from
 * a table. Hints are sent outside the transactions they speak of (NOTIFY inside one serialises commits) and coalesced.
 */
public final class Notifications implements AutoCloseable {

    /** The channel that says, by its slug, which project has new commits. */
    public static final String COMMITS = "tidemark_commit";

    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final Duration PACE = Duration.ofMillis(10);

    private final Map<String, List<Consumer<String>>> handlers = new ConcurrentHashMap<>();
    private final List<Runnable> catchUps = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final NotificationStore store;
    private final ListeningConnection listening;
    private final BackgroundThread sender;
    private Set<NotificationStore.Hint> pending = new LinkedHashSet<>();
    private volatile boolean closed;

    public Notifications(Postgres postgres) {
        this.store = new NotificationStore(postgres.server());
        this.listening = new ListeningConnection(postgres.address(), this::deliver, this::catchUp);
        this.sender = BackgroundThread.ofTheSystem("notify", this::sendAll);
    }

    /** The handler gets each payload, on one thread, in order; it must not take long. */
    public void listen(String channel, Consumer<String> handler) {
        handlers.computeIfAbsent(channel, name -> new CopyOnWriteArrayList<>()).add(handler);
        listening.listen(channel);
    }

    /** Runs whenever the connection was made again: hints may have been lost meanwhile. */
    public void onReconnect(Runnable catchUp) {
        catchUps.add(catchUp);
    }

    /** Sends soon; equal hints that wait together are sent once. A hint that cannot be sent is dropped. */
    public void send(String channel, String payload) {
        lock.lock();
        try {
            pending.add(new NotificationStore.Hint(channel, payload));
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Whether PostgreSQL answers now: asked over the listening connection, waiting two seconds at most. */
    public boolean answers() {
        return listening.answers();
    }

    @Override
    public void close() {
        closed = true;
        sender.close();
        listening.close();
    }

    private void deliver(String channel, String payload) {
        handlers.getOrDefault(channel, List.of()).forEach(handler -> handler.accept(payload));
    }

    private void catchUp() {
        catchUps.forEach(Runnable::run);
    }

    private void sendAll() {
        while (!closed) {
            try {
                store.send(next());
                // the first hint goes at once; under load one speaks for all of a while
                TimeUnit.NANOSECONDS.sleep(PACE.toNanos());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.debug("Hints were not sent; whoever follows will poll.", e);
            }
        }
    }

    private List<NotificationStore.Hint> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (pending.isEmpty()) {
                something.await();
            }
            var hints = new ArrayList<>(pending);
            pending = new LinkedHashSet<>();
            return hints;
        } finally {
            lock.unlock();
        }
    }
}
