package dev.tidemark.core.live;

import dev.tidemark.spi.Feed;
import dev.tidemark.spi.LiveQuestion;
import dev.tidemark.spi.LiveQuestion.Rows;
import dev.tidemark.spi.SharedFeeds.Follower;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers to one question: the first at once, then whenever there is another; and each ten seconds that there is none. */
final class AnswerFeed implements Feed<LiveAnswer> {

    private static final long CONFIRMED = Duration.ofSeconds(10).toNanos();
    private static final long SHORTEST_REST = Duration.ofMillis(100).toNanos();
    private static final int REST = 4;

    private final LiveQuestion question;
    private final List<String> collections;
    private final Semaphore turns;
    private final Semaphore hints = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Follower<Commits> commits;
    private long position = -1;
    private long restUntil = System.nanoTime();
    private long toldAt;
    private @Nullable LiveAnswer told;

    /**
     * @param collections that the question reads; none: all
     * @param turns of which one is needed to ask
     * @param commits follows the project's commits
     */
    AnswerFeed(
            LiveQuestion question,
            List<String> collections,
            Semaphore turns,
            Function<Runnable, Follower<Commits>> commits) {
        this.question = question;
        this.collections = collections;
        this.turns = turns;
        this.commits = commits.apply(hints::release);
    }

    @Override
    public Optional<LiveAnswer> next() throws InterruptedException {
        while (closed.getCount() > 0) {
            var known = commits.latest();
            if (known.isPresent()) {
                var next = next(known.get());
                if (next.isPresent()) {
                    told = next.get();
                    toldAt = System.nanoTime();
                    return next;
                }
            } else {
                hints.acquire();
                hints.drainPermits();
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        closed.countDown();
        commits.close();
        hints.release();
    }

    private Optional<LiveAnswer> next(Commits known) throws InterruptedException {
        var before = told;
        if (before == null || known.hasCommits(collections, position)) {
            if (closed.await(restUntil - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
            var rows = asked(commits.latest().orElse(known));
            if (before == null || !rows.byKey().equals(before.rows().byKey())) {
                return Optional.of(before == null ? LiveAnswer.first(rows) : before.then(rows));
            }
        }
        return System.nanoTime() - toldAt < CONFIRMED ? Optional.empty() : Optional.of(before.confirmed(known.asOf()));
    }

    private Rows asked(Commits known) throws InterruptedException {
        turns.acquire();
        var began = System.nanoTime();
        try {
            var rows = question.ask().get();
            position = known.last();
            return rows;
        } finally {
            turns.release();
            var now = System.nanoTime();
            restUntil = now + Math.max(SHORTEST_REST, REST * (now - began));
        }
    }
}
