package dev.tidemark.core.events.admission;

import dev.tidemark.core.json.StorableText;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Origin;
import dev.tidemark.spi.Refusal;
import dev.tidemark.spi.Submission;
import java.util.Optional;

/**
 * What was refused.
 *
 * @param collection as far as it is known
 * @param raw the input, cut when it is long
 * @param asSent whether the raw input is the sender's own, or else an event in the shape of {@code POST /collect}
 */
public record DeadLetter(Origin origin, Optional<String> collection, Refusal reason, String raw, boolean asSent) {

    private static final int LABEL = 1_000;
    /** Besides its texts, roughly, in the table and its indexes. */
    private static final long ROW_BYTES = 200;

    public DeadLetter {
        collection = collection.map(label -> StorableText.escaped(EventText.cut(label, LABEL)));
        raw = StorableText.escaped(raw);
        reason = new Refusal(
                reason.code(), StorableText.escaped(reason.pointer()), StorableText.escaped(reason.message()));
    }

    static DeadLetter of(Origin origin, Submission.Unreadable unreadable) {
        var raw = RawInput.within(unreadable.around(), unreadable.raw());
        return new DeadLetter(origin, RawInput.collection(raw), unreadable.reason(), raw, true);
    }

    public static DeadLetter of(Origin origin, Event event, Refusal reason) {
        return new DeadLetter(origin, Optional.of(event.collection()), reason, EventText.of(event), false);
    }

    public long bytes() {
        return ROW_BYTES + raw.length() + reason.message().length();
    }
}
