package dev.tidemark.core.live;

import dev.tidemark.core.memory.AnswerMemory;
import dev.tidemark.spi.Feed;
import dev.tidemark.spi.LiveQuestion;
import dev.tidemark.spi.LiveQuestion.Rows;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers to one question: the first at once, then whenever there is another; and each ten seconds that there is none. */
final class AnswerFeed implements Feed<LiveAnswer> {

    private static final long CONFIRMED = Duration.ofSeconds(10).toNanos();
    private static final long SHORTEST_REST = Duration.ofMillis(100).toNanos();
    private static final int REST = 4;

    private final LiveQuestion question;
    private final Interest interest;
    private final Semaphore turns;
    private final Feed<Commits> commits;
    private final Supplier<AnswerMemory.Share> memory;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Commits seen = Commits.NONE;
    private long restUntil = System.nanoTime();
    private long toldAt;
    private @Nullable LiveAnswer told;
    private AnswerMemory.Share held;

    /**
     * @param turns of which one is needed to ask
     * @param commits those of the project
     * @param memory of one answer, which is held until there is another
     */
    AnswerFeed(
            LiveQuestion question,
            Interest interest,
            Semaphore turns,
            Feed<Commits> commits,
            Supplier<AnswerMemory.Share> memory) {
        this.question = question;
        this.interest = interest;
        this.turns = turns;
        this.commits = commits;
        this.memory = memory;
        this.held = memory.get();
    }

    @Override
    public Optional<LiveAnswer> next() throws InterruptedException {
        while (!closed.await(restUntil - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            var known = commits.next();
            if (known.isEmpty()) {
                break;
            }
            var next = next(known.get());
            if (next.isPresent()) {
                told = next.get();
                toldAt = System.nanoTime();
                return next;
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        closed.countDown();
        commits.close();
        hold(held);
    }

    private Optional<LiveAnswer> next(Commits known) throws InterruptedException {
        var before = told;
        if (before == null) {
            return Optional.of(LiveAnswer.first(asked(known)));
        }
        if (interest.isIn(known, seen)) {
            var rows = asked(known);
            if (!rows.byKey().equals(before.rows().byKey())) {
                return Optional.of(before.then(rows));
            }
        }
        seen = known;
        return System.nanoTime() - toldAt < CONFIRMED ? Optional.empty() : Optional.of(before.confirmed(known.asOf()));
    }

    private Rows asked(Commits known) throws InterruptedException {
        turns.acquire();
        var began = System.nanoTime();
        try {
            var rows = held(question.ask());
            seen = known;
            return rows;
        } finally {
            turns.release();
            var now = System.nanoTime();
            restUntil = now + Math.max(SHORTEST_REST, REST * (now - began));
        }
    }

    private Rows held(Supplier<Rows> ask) {
        var next = memory.get();
        try {
            var rows = next.call(ask);
            hold(next);
            return rows;
        } catch (RuntimeException | Error e) {
            next.close();
            throw e;
        }
    }

    private synchronized void hold(AnswerMemory.Share next) {
        if (next != held) {
            held.close();
            held = next;
        }
        if (closed.getCount() == 0) {
            held.close();
        }
    }
}
