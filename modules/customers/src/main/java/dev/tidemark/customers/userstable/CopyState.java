package dev.tidemark.customers.userstable;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a users table was copied.
 *
 * @param copiedAt when the last copying began that came to its end
 * @param customers how many rows it had
 * @param skipped how many more it had that are nobody's, as no customer can have such an id or such or so large properties, or were erased
 * @param problem why the last copying failed
 */
public record CopyState(
        Optional<Instant> copiedAt,
        long customers,
        long skipped,
        Optional<String> problem,
        Optional<Instant> failedAt) {

    /** Nothing was tried yet. */
    static final CopyState NONE = new CopyState(Optional.empty(), 0, 0, Optional.empty(), Optional.empty());

    boolean isFresh(Instant now, Duration staleAfter) {
        return copiedAt.filter(at -> at.plus(staleAfter).isAfter(now)).isPresent();
    }
}
