package dev.tidemark.spi;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Feeds of which one runs for all on this node who follow the same thing: what it tells is made once, and told to everybody.
 * It begins with its first follower, and is closed with the last. Who is slow is told the newest, and nothing of what came
 * before it, so nothing is gathered for anybody.
 *
 * <p>What a feed throws ends it for its followers. Once it has told something, it is asked again after a second when only the
 * database was away.
 *
 * @param <K> what is followed; equal things share a feed
 * @param <T> what is told
 */
public final class SharedFeeds<K, T> {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String name;
    private final Function<K, Feed<T>> feeds;
    private final Map<K, Running> running = new ConcurrentHashMap<>();

    /**
     * @param name of the threads, for whoever looks at them
     * @param feeds makes a feed, and takes no time for it
     */
    public SharedFeeds(String name, Function<K, Feed<T>> feeds) {
        this.name = name;
        this.feeds = feeds;
    }

    /** Follows something as a feed of one's own, which whoever asked closes. */
    public Feed<T> feed(K key) {
        return new FollowerFeed<>(hint -> follow(key, hint));
    }

    /**
     * Follows something.
     *
     * @param hint runs whenever there is more to look at; it must not take long
     */
    public Follower<T> follow(K key, Runnable hint) {
        return new Following(key, hint);
    }

    /** Closed by whoever asked for it. */
    public interface Follower<T> extends AutoCloseable {

        /**
         * The newest that was told; empty when that was returned before, or nothing was told yet.
         *
         * @throws RuntimeException what ended the feed
         */
        Optional<T> latest();

        @Override
        void close();
    }

    private final class Following implements Follower<T> {

        private final K key;
        private final Runnable hint;
        private final Running source;
        private long seen;

        Following(K key, Runnable hint) {
            this.key = key;
            this.hint = hint;
            this.source = running.compute(key, (same, before) -> {
                var feed = before == null ? new Running(key, feeds.apply(key)) : before;
                feed.followers.add(this);
                return feed;
            });
            source.begin();
        }

        @Override
        public Optional<T> latest() {
            var told = source.told;
            told.failure().ifPresent(failure -> {
                throw failure;
            });
            if (told.number() == seen) {
                return Optional.empty();
            }
            seen = told.number();
            return told.item();
        }

        @Override
        public void close() {
            running.computeIfPresent(key, (same, now) -> now == source && source.isLeftBy(this) ? null : now);
        }
    }

    /** @param number of the item, from 1; 0: none yet */
    private record Told<T>(long number, Optional<T> item, Optional<RuntimeException> failure) {

        static <T> Told<T> nothing() {
            return new Told<>(0, Optional.empty(), Optional.empty());
        }

        Told<T> then(T next) {
            return new Told<>(number + 1, Optional.of(next), Optional.empty());
        }

        Told<T> failed(RuntimeException reason) {
            return new Told<>(number, item, Optional.of(reason));
        }
    }

    private final class Running {

        private final K key;
        private final Feed<T> feed;
        private final Set<Following> followers = ConcurrentHashMap.newKeySet();
        private final Semaphore begun = new Semaphore(1);
        private volatile Told<T> told = Told.nothing();

        Running(K key, Feed<T> feed) {
            this.key = key;
            this.feed = feed;
        }

        void begin() {
            if (begun.tryAcquire()) {
                Thread.ofVirtual().name(name).start(this::run);
            }
        }

        /** Whether that was the last one. */
        boolean isLeftBy(Following follower) {
            followers.remove(follower);
            if (followers.isEmpty()) {
                feed.close();
                return true;
            }
            return false;
        }

        private void run() {
            try {
                for (var item = next(); item.isPresent(); item = next()) {
                    tell(told.then(item.get()));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error thrown) {
                running.remove(key, this);
                feed.close();
                tell(told.failed(
                        thrown instanceof RuntimeException failure ? failure : new IllegalStateException(thrown)));
            }
        }

        private Optional<T> next() throws InterruptedException {
            while (true) {
                try {
                    return feed.next();
                } catch (CallerException | DatabaseException e) {
                    if (told.number() == 0 || !isPassing(e)) {
                        throw e;
                    }
                    Thread.sleep(PAUSE);
                }
            }
        }

        private void tell(Told<T> next) {
            told = next;
            followers.forEach(follower -> follower.hint.run());
        }
    }

    private static boolean isPassing(RuntimeException thrown) {
        return !(thrown instanceof CallerException refusal) || refusal.code() == ErrorCode.UNAVAILABLE;
    }
}
