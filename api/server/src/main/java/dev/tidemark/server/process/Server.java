package dev.tidemark.server.process;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.http.HttpServer;
import dev.tidemark.server.http.Site;
import dev.tidemark.server.postgres.EmbeddedDatabase;
import io.helidon.metrics.api.Metrics;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** One server of this process. It is started once, by one thread, and closed by any other. */
public final class Server implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Server.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

    private final ServerSettings settings;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final ReentrantLock lifecycle = new ReentrantLock();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private volatile int port;

    public Server(ServerSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns when requests are answered, or when the server was closed before that.
     *
     * @throws StartRefused when the operator must do something first
     */
    public void start() throws IOException {
        lifecycle.lock();
        try {
            Precheck.makeWritable(settings.data());
            Precheck.requireFree(settings.http());
            var database =
                    settings.database().isPresent() ? settings.database().get().address() : embedded();
            if (settings.database().isPresent() && !isReached(database)) {
                return;
            }
            listen(database);
        } finally {
            lifecycle.unlock();
        }
    }

    public String url() {
        var host = settings.http().host();
        var reachable = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        return "http://" + (reachable.contains(":") ? "[" + reachable + "]" : reachable) + ":" + port;
    }

    /** What was started is stopped in the opposite order: nothing loses what it stands on. */
    @Override
    public void close() {
        stopping.countDown();
        lifecycle.lock();
        try {
            while (!parts.isEmpty()) {
                close(parts.pop());
            }
        } finally {
            lifecycle.unlock();
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.log(Level.ERROR, "Something did not stop as it should", e);
        }
    }

    private PostgresAddress embedded() throws IOException {
        var database = EmbeddedDatabase.start(settings.data().resolve("postgres"));
        parts.push(database);
        return new PostgresAddress(database.url(), database.user(), database.password());
    }

    private void listen(PostgresAddress database) throws IOException {
        var probe = new DatabaseProbe(database);
        var http = serve(Site.ready(() -> probe.obstacle().map(DatabaseProbe.Obstacle::sentence)));
        port = http.port();
    }

    private HttpServer serve(Site site) {
        try {
            var http = HttpServer.start(settings.http(), Metrics.globalRegistry(), site.services());
            parts.push(http);
            return http;
        } catch (BindException e) {
            throw Precheck.taken(settings.http());
        }
    }

    /** Waits for a database that is away, and says so over HTTP meanwhile. False: the server was closed before it came. */
    private boolean isReached(PostgresAddress database) {
        var probe = new DatabaseProbe(database);
        var obstacle = lasting(probe.obstacle());
        if (obstacle.isEmpty()) {
            return true;
        }
        LOG.log(Level.WARNING, "{0} It is tried again until it answers.", obstacle.get());
        var waiting = serve(Site.waiting(obstacle.get()));
        for (var pause = FIRST_PAUSE; obstacle.isPresent(); pause = longer(pause)) {
            if (isStoppedWithin(pause)) {
                return false;
            }
            obstacle = lasting(probe.obstacle());
        }
        parts.remove(waiting);
        waiting.close();
        return true;
    }

    private static Optional<String> lasting(Optional<DatabaseProbe.Obstacle> obstacle) {
        obstacle.filter(found -> !found.mayPass()).ifPresent(found -> {
            throw new StartRefused(found.sentence());
        });
        return obstacle.map(DatabaseProbe.Obstacle::sentence);
    }

    private boolean isStoppedWithin(Duration pause) {
        try {
            return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
