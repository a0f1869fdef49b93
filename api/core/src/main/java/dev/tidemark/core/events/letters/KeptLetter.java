package dev.tidemark.core.events.letters;

import dev.tidemark.core.events.admission.DeadLetter;
import java.time.Instant;
import java.util.Optional;

/**
 * A dead letter in the database.
 *
 * @param id grows with time
 * @param attempts how often it was retried in vain
 * @param attemptedAt when the last time
 */
record KeptLetter(long id, DeadLetter letter, int attempts, Optional<Instant> attemptedAt) {}
