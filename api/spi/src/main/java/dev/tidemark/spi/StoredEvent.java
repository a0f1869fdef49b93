package dev.tidemark.spi;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A committed event.
 *
 * @param event as it was stored: its time is set, its properties go by their labels
 * @param collection the one it belongs to, as that was when the event was read
 * @param values of the collection's properties, in their order; null where it has none
 * @param extra what fits no column; it is among the event's properties too
 */
public record StoredEvent(
        Position position,
        Instant receivedAt,
        Event event,
        EventCollection collection,
        List<@Nullable Object> values,
        Map<String, @Nullable Object> extra) {

    public long id() {
        return position.id();
    }

    /** How much memory it takes, about: most of that are its properties. */
    public long bytes() {
        return ValueSize.of(event.properties());
    }
}
