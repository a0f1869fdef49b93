package dev.tidemark.core.events.reading;

import dev.tidemark.core.postgres.Notifications;
import dev.tidemark.core.threads.BackgroundThread;
import dev.tidemark.spi.CommittedEvents.Watch;
import dev.tidemark.spi.Project;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells those on this node who follow a project of its commits: at once when one is announced, and each second. */
final class CommitWatches implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CommitWatches.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Map<String, List<Runnable>> byProject = new ConcurrentHashMap<>();
    private final BackgroundThread poller;

    CommitWatches(Notifications notifications) {
        notifications.listen(Notifications.COMMITS, this::advanced);
        notifications.onReconnect(this::all);
        this.poller = BackgroundThread.every("watches", POLL, this::all);
    }

    Watch add(Project project, Runnable hint) {
        byProject
                .computeIfAbsent(project.slug(), slug -> new CopyOnWriteArrayList<>())
                .add(hint);
        return () -> byProject.computeIfPresent(
                project.slug(), (slug, hints) -> hints.remove(hint) && hints.isEmpty() ? null : hints);
    }

    @Override
    public void close() {
        poller.close();
    }

    private void advanced(String slug) {
        byProject.getOrDefault(slug, List.of()).forEach(CommitWatches::give);
    }

    private void all() {
        byProject.values().forEach(hints -> hints.forEach(CommitWatches::give));
    }

    /** Whatever one of them throws, the others are for others. */
    private static void give(Runnable hint) {
        try {
            hint.run();
        } catch (RuntimeException | Error e) {
            LOG.error("Fault {}: one who follows commits failed when told of some.", UUID.randomUUID(), e);
        }
    }
}
