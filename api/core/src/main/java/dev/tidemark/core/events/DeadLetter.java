package dev.tidemark.core.events;

import dev.tidemark.core.json.StorableText;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Refusal;
import java.time.Instant;
import java.util.Optional;

/**
 * What was refused.
 *
 * @param source the way by which it came
 * @param collection as far as it is known
 * @param raw the input, cut when it is long
 */
record DeadLetter(Instant at, String source, Optional<String> collection, Refusal reason, String raw) {

    private static final int LABEL = 1_000;

    DeadLetter {
        collection = collection.map(label -> StorableText.escaped(EventText.cut(label, LABEL)));
        raw = StorableText.escaped(raw);
        reason = new Refusal(
                reason.code(), StorableText.escaped(reason.pointer()), StorableText.escaped(reason.message()));
    }

    static DeadLetter of(Origin origin, Event event, Refusal reason) {
        return new DeadLetter(
                origin.receivedAt(), origin.source(), Optional.of(event.collection()), reason, EventText.of(event));
    }
}
