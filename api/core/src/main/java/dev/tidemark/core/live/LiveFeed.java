package dev.tidemark.core.live;

import dev.tidemark.spi.Feed;
import dev.tidemark.spi.Hints;
import dev.tidemark.spi.SharedFeeds.Follower;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What one subscriber is told of its questions, all of them at a time. */
final class LiveFeed implements Feed<Map<String, LiveUpdate>> {

    private final Hints hints = new Hints();
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private volatile boolean isClosed;

    /** One question, and what was told of it. */
    private static final class Part {

        private final Follower<LiveAnswer> follower;
        private @Nullable LiveAnswer newest;
        private @Nullable LiveAnswer told;

        Part(Follower<LiveAnswer> follower) {
            this.follower = follower;
        }

        /** Whether there is something to tell. */
        boolean look() {
            var latest = follower.latest();
            latest.ifPresent(answer -> newest = answer);
            return latest.isPresent();
        }

        boolean isAnswered() {
            return newest != null;
        }

        LiveUpdate update() {
            var answer = newest;
            if (answer == null) {
                throw new IllegalStateException("It is told when all are answered.");
            }
            var update = answer.since(told);
            told = answer;
            return update;
        }
    }

    /**
     * @param asked the questions by the keys of their results
     * @param follow follows one; what it throws undoes the others
     */
    LiveFeed(Map<String, Followed> asked, BiFunction<Followed, Runnable, Follower<LiveAnswer>> follow) {
        try {
            asked.forEach((key, question) -> parts.put(key, new Part(follow.apply(question, hints::give))));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public Optional<Map<String, LiveUpdate>> next() throws InterruptedException {
        while (!isClosed) {
            var looked = parts.values().stream().filter(Part::look).count();
            if (looked > 0 && parts.values().stream().allMatch(Part::isAnswered)) {
                Map<String, LiveUpdate> updates = new LinkedHashMap<>();
                parts.forEach((key, part) -> updates.put(key, part.update()));
                return Optional.of(updates);
            }
            hints.await();
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        isClosed = true;
        parts.values().forEach(part -> part.follower.close());
        hints.give();
    }
}
