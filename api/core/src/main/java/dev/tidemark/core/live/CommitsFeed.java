package dev.tidemark.core.live;

import dev.tidemark.spi.CommittedEvents;
import dev.tidemark.spi.Database;
import dev.tidemark.spi.Feed;
import dev.tidemark.spi.Hints;
import dev.tidemark.spi.Project;
import java.util.Optional;

/** Tells when something was committed to a project, and each second that nothing was. */
final class CommitsFeed implements Feed<Commits> {

    private final CommitsStore store = new CommitsStore();
    private final Database database;
    private final Hints hints = new Hints();
    private final CommittedEvents.Watch watch;
    private volatile boolean isClosed;
    private Commits known = Commits.NONE;

    CommitsFeed(Database database, CommittedEvents events, Project project) {
        this.database = database;
        this.watch = events.watch(project, hints::give);
        hints.give();
    }

    @Override
    public Optional<Commits> next() throws InterruptedException {
        hints.await();
        if (isClosed) {
            return Optional.empty();
        }
        var before = known;
        known = database.transaction(connection -> store.after(connection, before));
        return Optional.of(known);
    }

    @Override
    public void close() {
        isClosed = true;
        watch.close();
        hints.give();
    }
}
