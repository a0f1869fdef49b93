package dev.tidemark.spi;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds of which one runs for all on this node who follow the same thing of a project: what it tells is made once, and told to everybody.
 * It begins with its first follower, and is closed with the last. Who is slow is told the newest, and nothing of what came
 * before it, so nothing is gathered for anybody.
 *
 * <p>What a feed throws ends it for its followers. Once it has told something, it is asked again after a second when only the
 * database was away.
 *
 * @param <K> what is followed of a project; equal things share a feed
 * @param <T> what is told
 */
public final class SharedFeeds<K, T> {

    private static final Logger LOG = LoggerFactory.getLogger(SharedFeeds.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String name;
    private final int most;
    private final BiFunction<Project, K, Feed<T>> feeds;
    private final Map<Project, Map<K, Running>> running = new ConcurrentHashMap<>();

    /**
     * @param name of the threads, for whoever looks at them
     * @param most how many different things may be followed of a project
     * @param feeds makes a feed, and takes no time for it
     */
    public SharedFeeds(String name, int most, BiFunction<Project, K, Feed<T>> feeds) {
        this.name = name;
        this.most = most;
        this.feeds = feeds;
    }

    /**
     * Follows something as a feed of one's own, which whoever asked closes.
     *
     * @throws CallerException as {@link #follow}
     */
    public Feed<T> feed(Project project, K key) {
        return new FollowerFeed<>(hint -> follow(project, key, hint));
    }

    /**
     * Follows something.
     *
     * @param hint runs whenever there is more to look at; it must not take long
     * @throws CallerException {@code RATE_LIMITED} when too many different things are followed
     */
    public Follower<T> follow(Project project, K key, Runnable hint) {
        return new Following(project, key, hint);
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

        private final Runnable hint;
        private final Running source;
        private long seen;

        Following(Project project, K key, Runnable hint) {
            this.hint = hint;
            this.source = joined(project, key, this);
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
            running.computeIfPresent(source.project, (same, ofProject) -> {
                source.followers.remove(this);
                if (source.followers.isEmpty()) {
                    ofProject.remove(source.key, source);
                    source.feed.close();
                }
                return ofProject.isEmpty() ? null : ofProject;
            });
        }
    }

    private Running joined(Project project, K key, Following follower) {
        var joined = new AtomicReference<@Nullable Running>();
        running.compute(project, (same, before) -> {
            var ofProject = before == null ? new HashMap<K, Running>() : before;
            if (!ofProject.containsKey(key) && ofProject.size() >= most) {
                throw new CallerException(
                        ErrorCode.RATE_LIMITED,
                        "The subscribers of this project follow " + most
                                + " different things of this kind: follow one of them, or end another subscription.");
            }
            var feed = ofProject.computeIfAbsent(key, absent -> new Running(project, key, feeds.apply(project, key)));
            feed.followers.add(follower);
            joined.set(feed);
            return ofProject;
        });
        return Objects.requireNonNull(joined.get());
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

        private final Project project;
        private final K key;
        private final Feed<T> feed;
        private final Set<Following> followers = ConcurrentHashMap.newKeySet();
        private final Semaphore begun = new Semaphore(1);
        private volatile Told<T> told = Told.nothing();

        Running(Project project, K key, Feed<T> feed) {
            this.project = project;
            this.key = key;
            this.feed = feed;
        }

        void begin() {
            if (begun.tryAcquire()) {
                Thread.ofVirtual().name(name).start(this::run);
            }
        }

        private void run() {
            try {
                for (var item = next(); item.isPresent(); item = next()) {
                    tell(told.then(item.get()));
                }
            } catch (Throwable thrown) { // also what only the feed itself can have interrupted
                running.computeIfPresent(
                        project,
                        (same, ofProject) -> ofProject.remove(key, this) && ofProject.isEmpty() ? null : ofProject);
                try {
                    feed.close();
                } finally {
                    tell(told.failed(
                            thrown instanceof RuntimeException failure ? failure : new IllegalStateException(thrown)));
                }
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
                    LOG.debug("What is followed as {} goes on when the database is back.", name, e);
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
