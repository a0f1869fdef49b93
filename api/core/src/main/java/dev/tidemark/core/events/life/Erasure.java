package dev.tidemark.core.events.life;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was deleted of one person's events, or is being deleted.
 *
 * @param deadLetters how many of those were deleted
 * @param records what modules deleted
 */
record Erasure(
        long id,
        Instant requestedAt,
        Optional<Instant> finishedAt,
        long deadLetters,
        List<Erased> collections,
        List<Records> records) {

    /** @param collection the name of its table */
    record Erased(String collection, long events) {}

    /** @param kind in the module's words */
    record Records(String kind, long records) {}

    /** One that is not finished. */
    record Open(long id, Subject subject) {}

    /** @param ids of one person, at least one */
    record Subject(Kind kind, List<String> ids) {
        Subject {
            ids = List.copyOf(ids);
        }

        static Subject of(Kind kind, String id) {
            return new Subject(kind, List.of(id));
        }
    }

    /** What the ids are. */
    enum Kind {
        USER,
        ANONYMOUS,
        /** Either: of the users' own, and of what visitors did before it was known who they are. */
        PERSON
    }
}
