package dev.tidemark.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a sender hands over: an event, or what could not be read as one and is kept as a dead letter. */
public sealed interface Submission permits Event, Submission.Unreadable {

    /**
     * @param raw the input as it came, as far as it could be told apart from its neighbours
     * @param reason why it is no event
     * @param around what stood around it in its request and belongs to it: the dead letter has it as members of the input,
     *     which win where both say something
     */
    record Unreadable(String raw, Refusal reason, Map<String, @Nullable Object> around) implements Submission {

        public Unreadable {
            around = Collections.unmodifiableMap(new LinkedHashMap<>(around));
        }

        /** Nothing stood around it. */
        public Unreadable(String raw, Refusal reason) {
            this(raw, reason, Map.of());
        }

        public Unreadable within(Map<String, @Nullable Object> members) {
            return new Unreadable(raw, reason, members);
        }
    }
}
