package dev.tidemark.core.live;

import dev.tidemark.spi.Database;
import dev.tidemark.spi.Events;
import dev.tidemark.spi.Feed;
import dev.tidemark.spi.Project;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Tells when something was committed to a project, and each second that nothing was. */
final class CommitsFeed implements Feed<Commits> {

    private final CommitsStore store = new CommitsStore();
    private final Database database;
    private final Semaphore hints = new Semaphore(1);
    private final Events.Watch watch;
    private volatile boolean isClosed;
    private @Nullable Commits last;

    CommitsFeed(Database database, Events events, Project project) {
        this.database = database;
        this.watch = events.watch(project, hints::release);
    }

    @Override
    public Optional<Commits> next() throws InterruptedException {
        hints.acquire();
        hints.drainPermits();
        if (isClosed) {
            return Optional.empty();
        }
        var before = last;
        var known = database.transaction(
                connection -> before == null ? store.begin(connection) : store.after(connection, before));
        last = known;
        return Optional.of(known);
    }

    @Override
    public void close() {
        isClosed = true;
        watch.close();
        hints.release();
    }
}
