package dev.tidemark.realtime;

import dev.tidemark.spi.Feed;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks something again and again, each time as long after the last as that answer says. */
final class PacedFeed<T> implements Feed<T> {

    private final Supplier<T> ask;
    private final Function<T, Duration> pause;
    private final Runnable atEnd;
    private final CountDownLatch closed = new CountDownLatch(1);
    private long next = System.nanoTime();

    PacedFeed(Supplier<T> ask, Function<T, Duration> pause) {
        this(ask, pause, () -> {});
    }

    PacedFeed(Supplier<T> ask, Function<T, Duration> pause, Runnable atEnd) {
        this.ask = ask;
        this.pause = pause;
        this.atEnd = atEnd;
    }

    @Override
    public Optional<T> next() throws InterruptedException {
        if (closed.await(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            return Optional.empty();
        }
        var answer = ask.get();
        next = System.nanoTime() + pause.apply(answer).toNanos();
        return Optional.of(answer);
    }

    @Override
    public void close() {
        closed.countDown();
        atEnd.run();
    }
}
