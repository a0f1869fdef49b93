package dev.tidemark.core.events.reading;

import dev.tidemark.spi.Position;

/**
 * A row of {@code _commit}, or what is left to read of it.
 *
 * @param minTime as PostgreSQL writes it, like the other
 */
record StoredRange(long position, String collection, long firstId, long lastId, String minTime, String maxTime) {

    Position end() {
        return new Position(position, lastId);
    }
}
