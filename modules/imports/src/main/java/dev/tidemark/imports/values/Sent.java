package dev.tidemark.imports.values;

import dev.tidemark.spi.Refusal;
import dev.tidemark.spi.Submission.Unreadable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a row says of its event, before it is known to be one. */
public record Sent(
        @Nullable Object collection,
        @Nullable Object time,
        @Nullable Object user,
        @Nullable Object anonymous,
        @Nullable Object messageId,
        Map<String, @Nullable Object> properties) {

    public Sent with(Map<String, @Nullable Object> others) {
        return new Sent(collection, time, user, anonymous, messageId, others);
    }

    /** The dead letter is the event as {@code /collect} takes it, so that a patch need say only what was wrong. */
    public Unreadable refused(Refusal reason) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("collection", collection);
        event.put("time", time);
        event.put("user", user);
        event.put("anonymous", anonymous);
        event.put("messageId", messageId);
        event.values().removeIf(value -> value == null);
        event.put("properties", properties);
        return new Unreadable("{}", reason).within(event);
    }
}
