package dev.tidemark.server.live;

import dev.tidemark.core.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes events of an event stream, one at a time. JSON has no line breaks, so each is one line of data. */
final class EventStreamWriter {

    private final OutputStream output;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long wroteAt = System.nanoTime();
    private volatile @Nullable Long writingSince;

    EventStreamWriter(OutputStream output) {
        this.output = output;
    }

    void next(Map<String, @Nullable Object> result) {
        write("event: next\n" + id(result) + "data: " + JsonWriter.write(result) + "\n\n");
    }

    /** The cursor of what is told, which its parts may have, is the event's id, after which a client that lost its connection goes on. */
    private static String id(Map<String, @Nullable Object> result) {
        return result.get("data") instanceof Map<?, ?> data
                        && data.size() == 1
                        && data.values().iterator().next() instanceof Map<?, ?> item
                ? Stream.concat(Stream.of(item), item.values().stream())
                        .flatMap(part -> cursor(part).stream())
                        .findFirst()
                        .map(cursor -> "id: " + cursor + "\n")
                        .orElse("")
                : "";
    }

    private static Optional<String> cursor(@Nullable Object part) {
        return part instanceof Map<?, ?> object && object.get("cursor") instanceof String cursor
                ? Optional.of(cursor)
                : Optional.empty();
    }

    void complete() {
        write("event: complete\ndata: \n\n");
    }

    /** What clients pass over. */
    void comment(String text) {
        write(":" + text + "\n\n");
    }

    /** Whether nothing was written for so long. */
    boolean isSilentFor(Duration time) {
        return System.nanoTime() - wroteAt > time.toNanos();
    }

    /** Whether one write has taken so long. */
    boolean isStalledFor(Duration time) {
        var since = writingSince;
        return since != null && System.nanoTime() - since > time.toNanos();
    }

    private void write(String text) {
        lock.lock();
        try {
            writingSince = System.nanoTime();
            output.write(text.getBytes(StandardCharsets.UTF_8));
            output.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writingSince = null;
            wroteAt = System.nanoTime();
            lock.unlock();
        }
    }
}
