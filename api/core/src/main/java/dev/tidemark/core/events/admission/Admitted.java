package dev.tidemark.core.events.admission;

import dev.tidemark.spi.Event;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A submission after mappers, validators and checks. */
public sealed interface Admitted {

    /**
     * @param added the names of properties that modules have added to it
     * @param hash of its messageId
     */
    record Accepted(Event event, Set<String> added, Instant time, Optional<MessageHash> hash) implements Admitted {}

    record Rejected(DeadLetter letter) implements Admitted {}
}
