package dev.tidemark.server.process;

import dev.tidemark.core.Engine;
import dev.tidemark.core.EngineOptions;
import dev.tidemark.core.modules.Settings;
import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.core.projects.keys.AdminSecrets;
import dev.tidemark.core.projects.keys.Secret;
import dev.tidemark.core.projects.nodes.NodeDescription;
import dev.tidemark.server.http.HttpServer;
import dev.tidemark.server.http.Site;
import dev.tidemark.server.live.Live;
import dev.tidemark.server.postgres.EmbeddedDatabase;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.Metrics;
import java.io.IOException;
import java.net.BindException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One server of this process. It is started once, by one thread, and closed by any other. */
public final class Server implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final String AWAY = "The database cannot be reached now.";

    private final Settings settings;
    private final ServerSettings own;
    private final SecureRandom random = new SecureRandom();
    private final Secret localKey = Secret.random(random);
    private final MeterRegistry meters = Metrics.globalRegistry();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final ReentrantLock lifecycle = new ReentrantLock();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** @throws dev.tidemark.spi.CallerException when a setting has no value of its kind */
    public Server(Settings settings) {
        this.settings = settings;
        this.own = ServerSettings.read(settings);
    }

    public ServerSettings settings() {
        return own;
    }

    /**
     * Returns when requests are answered; empty when the server was closed before that.
     *
     * @throws StartRefused when the operator must do something first, as is told by the two of the engine and the database
     * @throws dev.tidemark.spi.CallerException when a setting is unknown or wrong
     */
    public Optional<Running> start() throws IOException {
        lifecycle.lock();
        try {
            Precheck.makeWritable(own.data());
            Precheck.requireFree(own.http());
            var database = own.database().isPresent()
                    ? new AwaitedDatabase(own.database().get(), own.http(), meters).await(stopping)
                    : Optional.of(embedded());
            return database.isPresent() && stopping.getCount() > 0
                    ? Optional.of(run(database.get()))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            closeParts();
            throw e;
        } finally {
            lifecycle.unlock();
        }
    }

    /** What was started is stopped in the opposite order: nothing loses what it stands on. */
    @Override
    public void close() {
        stopping.countDown();
        lifecycle.lock();
        try {
            closeParts();
        } finally {
            lifecycle.unlock();
        }
    }

    private PostgresAddress embedded() throws IOException {
        var database = add(EmbeddedDatabase.start(own.data().resolve("postgres")));
        return new PostgresAddress(database.url(), database.user(), database.password());
    }

    private Running run(PostgresAddress database) throws IOException {
        var engine = add(engine(database));
        var http = add(listen(engine));
        var url = own.http().url(http.port());
        new ServerFile(url, localKey.text(), ProcessHandle.current().pid()).write(own.data());
        add(() -> ServerFile.delete(own.data()));
        return new Running(url, localKey.text(), engine, own);
    }

    private Engine engine(PostgresAddress database) {
        try {
            return Engine.start(options(database));
        } catch (IllegalStateException e) {
            LOG.debug("The engine did not start", e);
            throw new StartRefused(String.valueOf(e.getMessage()));
        }
    }

    private EngineOptions options(PostgresAddress database) {
        return new EngineOptions(
                database,
                settings,
                List.of(),
                Optional.of(own.plugins()),
                new AdminSecrets(own.adminKey().map(Secret::new), Optional.of(localKey)),
                new NodeDescription(own.nodeName(), Version.current()),
                meters,
                Clock.systemUTC(),
                random);
    }

    private HttpServer listen(Engine engine) {
        var site = Site.of(
                new Live(engine.graphql(), engine.callers(), own.live()),
                engine.routes(),
                own.http().largestQuery(),
                meters,
                () -> engine.isReady() ? Optional.empty() : Optional.of(AWAY));
        try {
            return HttpServer.start(own.http(), meters, site);
        } catch (BindException e) {
            throw Precheck.taken(own.http());
        }
    }

    private <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    private void closeParts() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.error("Something did not stop as it should", e);
            }
        }
    }
}
