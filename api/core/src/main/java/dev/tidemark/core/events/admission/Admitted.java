package dev.tidemark.core.events.admission;

import dev.tidemark.spi.Event;
import java.time.Instant;
import java.util.Optional;

/** A submission after mappers, validators and checks. */
public sealed interface Admitted {

    /** @param hash of its messageId */
    record Accepted(Event event, Instant time, Optional<MessageHash> hash) implements Admitted {}

    record Rejected(DeadLetter letter) implements Admitted {}
}
