package dev.tidemark.spi;

import dev.tidemark.spi.SharedFeeds.Follower;
import java.util.Optional;
import java.util.function.Function;

/** What one follower is told, as a feed. */
final class FollowerFeed<T> implements Feed<T> {

    private final Hints hints = new Hints();
    private final Follower<T> follower;
    private volatile boolean isClosed;

    /** @param following begins to follow, and calls what it is given when there is more */
    FollowerFeed(Function<Runnable, Follower<T>> following) {
        this.follower = following.apply(hints::give);
    }

    @Override
    public Optional<T> next() throws InterruptedException {
        while (!isClosed) {
            var latest = follower.latest();
            if (latest.isPresent()) {
                return latest;
            }
            hints.await();
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        isClosed = true;
        follower.close();
        hints.give();
    }
}
