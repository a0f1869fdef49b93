package dev.tidemark.server.process;

import dev.tidemark.core.postgres.PostgresAddress;
import dev.tidemark.server.http.HttpServer;
import dev.tidemark.server.http.HttpSettings;
import dev.tidemark.server.http.Site;
import io.helidon.metrics.api.MeterRegistry;
import java.net.BindException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator's database, which may come up later than we do. Until then HTTP tells why nothing else is answered. */
record AwaitedDatabase(PostgresAddress address, HttpSettings http, MeterRegistry meters) {

    private static final Logger LOG = LoggerFactory.getLogger(AwaitedDatabase.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

    /**
     * Returns the database when it answers; empty when the server shall stop before that.
     *
     * @throws StartRefused when no waiting helps
     */
    Optional<PostgresAddress> await(CountDownLatch stopping) {
        var obstacle = obstacle();
        if (obstacle.isEmpty()) {
            return Optional.of(address);
        }
        LOG.warn("{} It is tried again until it answers.", obstacle.get());
        try (var waiting = HttpServer.start(http, meters, Site.waiting(obstacle.get()))) {
            LOG.info("Port {} answers 503 meanwhile.", waiting.port());
            return isReached(stopping) ? Optional.of(address) : Optional.empty();
        } catch (BindException e) {
            throw Precheck.taken(http);
        }
    }

    private boolean isReached(CountDownLatch stopping) {
        for (var pause = FIRST_PAUSE; !isOver(stopping, pause); pause = longer(pause)) {
            if (obstacle().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private Optional<String> obstacle() {
        var found = new DatabaseProbe(address).obstacle();
        found.filter(obstacle -> !obstacle.mayPass()).ifPresent(obstacle -> {
            throw new StartRefused(obstacle.sentence());
        });
        return found.map(DatabaseProbe.Obstacle::sentence);
    }

    private static boolean isOver(CountDownLatch stopping, Duration pause) {
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
