package dev.tidemark.eventstream;

import dev.tidemark.spi.Feed;
import dev.tidemark.spi.Position;
import dev.tidemark.spi.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Events of the past, each as long after the first as it was received after it, or some times as soon. */
final class ReplayFeed implements Feed<StoredEvent> {

    private final ProjectStream stream;
    private final Set<Wish> wishes;
    private final Position end;
    private final double speed;
    private final Queue<StoredEvent> page = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private Position seen;
    private @Nullable Beginning beginning;

    /** @param nanos when the first event was told, by {@link System#nanoTime} */
    private record Beginning(Instant received, long nanos) {}

    /**
     * @param from after this position
     * @param end up to this position
     */
    ReplayFeed(ProjectStream stream, Set<Wish> wishes, Position from, Position end, double speed) {
        this.stream = stream;
        this.wishes = wishes;
        this.seen = from;
        this.end = end;
        this.speed = speed;
    }

    @Override
    public Optional<StoredEvent> next() throws InterruptedException {
        while (page.isEmpty() && seen.compareTo(end) < 0 && closed.getCount() > 0) {
            read();
        }
        var event = page.poll();
        return event == null || closed.await(nanosUntil(event), TimeUnit.NANOSECONDS)
                ? Optional.empty()
                : Optional.of(event);
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void read() {
        var read = stream.page(seen);
        read.stream()
                .filter(event -> event.position().compareTo(end) <= 0)
                .filter(event -> Wish.anyWants(wishes, event))
                .forEach(page::add);
        seen = read.isEmpty() ? end : read.getLast().position();
    }

    private long nanosUntil(StoredEvent event) {
        var now = System.nanoTime();
        var first = beginning;
        if (first == null) {
            beginning = new Beginning(event.receivedAt(), now);
            return 0;
        }
        var after = Duration.between(first.received(), event.receivedAt()).toNanos();
        return (long) (after / speed) - (now - first.nanos());
    }
}
