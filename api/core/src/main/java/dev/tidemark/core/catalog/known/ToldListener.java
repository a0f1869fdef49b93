package dev.tidemark.core.catalog.known;

import dev.tidemark.core.threads.WatchedCall;
import dev.tidemark.spi.CollectionListener;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener on a thread of its own: one that hangs keeps neither the others nor this node from hearing of changes. */
final class ToldListener {

    private static final Logger LOG = LoggerFactory.getLogger(ToldListener.class);

    private final CollectionListener listener;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("tidemark-catalog-listener").factory());
    private final Set<ProjectCatalog> waiting = ConcurrentHashMap.newKeySet();
    private final WatchedCall watched = new WatchedCall(System::nanoTime);

    ToldListener(CollectionListener listener) {
        this.listener = listener;
    }

    /** Soon, with what is known by then: once for all changes of a project that come before. */
    void tell(ProjectCatalog entry) {
        if (!waiting.add(entry)) {
            return;
        }
        try {
            thread.execute(() -> call(entry));
        } catch (RejectedExecutionException e) {
            LOG.debug("A change of collections came while the server stops.", e);
        }
    }

    /** Once for each call. */
    void sayIfItHangs() {
        watched.hanging()
                .ifPresent(slug -> LOG.warn(
                        "A listener of changed collections, {}, does not end for project {}: it hears of no other change until it does.",
                        listener.getClass().getName(),
                        slug));
    }

    void end(Duration patience) throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("A listener of changed collections does not end and is interrupted.");
            thread.shutdownNow();
        }
    }

    private void call(ProjectCatalog entry) {
        var slug = entry.project().slug();
        waiting.remove(entry);
        watched.begin(slug);
        try {
            listener.changed(entry.project(), entry.catalog().collections());
        } catch (Exception | Error e) {
            LOG.error("A listener of changed collections failed for project {}.", slug, e);
        } finally {
            watched.end();
        }
    }
}
