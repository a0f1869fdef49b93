package dev.tidemark.spi;

import java.time.Instant;

/**
 * A committed event.
 *
 * @param event as it was stored: its time is set, its properties go by their labels
 */
public record StoredEvent(Position position, Instant receivedAt, Event event) {

    public long id() {
        return position.id();
    }
}
