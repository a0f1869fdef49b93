package dev.tidemark.core.catalog.known;

import dev.tidemark.core.postgres.Notifications;
import dev.tidemark.spi.CollectionListener;
import dev.tidemark.spi.Project;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what this node knows of catalogues up to date with other nodes, and has listeners told of changes; all on one thread.
 * Hints come at once but may be lost, so the versions of all known projects are asked for each second, in one query.
 */
final class CatalogFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogFollower.class);
    private static final String CHANNEL = "tidemark_catalog";
    private static final Duration BETWEEN_POLLS = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Catalogs catalogs;
    private final Notifications notifications;
    private final VersionStore versions;
    private final List<ToldListener> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("tidemark-catalog").factory());
    private final Future<?> polling;
    private boolean failing;

    CatalogFollower(Catalogs catalogs, Notifications notifications, VersionStore versions) {
        this.catalogs = catalogs;
        this.notifications = notifications;
        this.versions = versions;
        notifications.listen(CHANNEL, slug -> submit(() -> follow(slug)));
        notifications.onReconnect(() -> submit(this::poll));
        this.polling = thread.scheduleWithFixedDelay(
                this::poll, BETWEEN_POLLS.toMillis(), BETWEEN_POLLS.toMillis(), TimeUnit.MILLISECONDS);
    }

    void add(CollectionListener listener) {
        listeners.add(new ToldListener(listener));
    }

    /** Hints to all nodes that the project's catalogue has changed. */
    void announce(Project project) {
        notifications.send(CHANNEL, project.slug());
    }

    /** Calls the listeners of this node soon. */
    void tell(ProjectCatalog entry) {
        listeners.forEach(listener -> listener.tell(entry));
    }

    @Override
    public void close() {
        polling.cancel(false);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
            for (var listener : listeners) {
                listener.end(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(String slug) {
        attempt(() -> versions.of(slug).forEach(version -> catalogs.follow(version.project(), version.number())));
    }

    private void poll() {
        attempt(() -> {
            var gone = new HashMap<>(catalogs.known());
            for (var version : versions.of(gone.keySet())) {
                gone.remove(version.project().id());
                catalogs.follow(version.project(), version.number());
            }
            gone.keySet().forEach(catalogs::forget);
        });
        listeners.forEach(ToldListener::sayIfItHangs);
    }

    /** Says once when following begins to fail; the next poll tries again. */
    private void attempt(Runnable work) {
        try {
            work.run();
            failing = false;
        } catch (RuntimeException | Error e) {
            if (!failing && !thread.isShutdown()) {
                LOG.warn("Changes of collections cannot be followed now; trying again each second.", e);
            }
            failing = true;
        }
    }

    private void submit(Runnable work) {
        try {
            thread.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("A change of collections came while the server stops.", e);
        }
    }
}
