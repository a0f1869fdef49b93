package dev.tidemark.spi;

import java.util.List;

/** What became of one event. It is told only after the transaction has committed. */
public sealed interface Outcome {

    /**
     * @param id the event's id, unique in its project
     * @param warnings values that did not fit their column and went to {@code _extra}
     */
    record Stored(long id, List<Refusal> warnings) implements Outcome {
        public Stored {
            warnings = List.copyOf(warnings);
        }
    }

    /** An event with the same {@code messageId} was stored before. */
    record Duplicate() implements Outcome {}

    /**
     * Not stored.
     *
     * @param isKept whether there is a dead letter of it; false: the project has as many of this hour as it may
     */
    record Refused(Refusal reason, boolean isKept) implements Outcome {}
}
