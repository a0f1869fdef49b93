package dev.tidemark.core.events.life;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was deleted of one person's events, or is being deleted.
 *
 * @param subject who it is; empty once all is deleted
 * @param deadLetters how many of those were deleted
 */
record Erasure(
        long id,
        Optional<Subject> subject,
        Instant requestedAt,
        Optional<Instant> finishedAt,
        long deadLetters,
        List<Erased> collections) {

    /** @param collection the name of its table */
    record Erased(String collection, long events) {}

    /** @param column of the events' tables: {@code _user} or {@code _anonymous} */
    record Subject(String column, String value) {}
}
