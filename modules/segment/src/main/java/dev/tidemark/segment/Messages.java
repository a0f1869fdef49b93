package dev.tidemark.segment;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.JsonObject;
import dev.tidemark.spi.SenderClock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the messages of a request into events.
 *
 * @param type by the address; empty: each message says its own
 * @param around what a batch says of all its messages
 */
record Messages(Optional<MessageType> type, JsonObject around, Instant receivedAt) {

    private static final String CONTEXT = "context";
    private static final String SENT_AT = "sentAt";

    /** @throws CallerException when it is none that can be stored */
    Event event(JsonObject message) {
        var kind = type.orElseGet(() -> type(message));
        return new Event(
                kind == MessageType.TRACK ? name(message) : kind.path(),
                time(message),
                message.text("userId"),
                message.text("anonymousId"),
                message.text("messageId"),
                properties(kind, message));
    }

    /** What the address and the batch say of each message. */
    Map<String, @Nullable Object> said() {
        Map<String, @Nullable Object> said = new LinkedHashMap<>();
        type.ifPresent(kind -> said.put("type", kind.path()));
        said.putAll(around.members());
        said.keySet().retainAll(List.of("type", SENT_AT, CONTEXT));
        return said;
    }

    private static MessageType type(JsonObject message) {
        return message.text("type")
                .flatMap(MessageType::named)
                .orElseThrow(() -> refusal("The type is track, page, screen, identify, group or alias.", "type"));
    }

    private static String name(JsonObject message) {
        return message.text("event").orElseThrow(() -> refusal("A track message names its event.", "event"));
    }

    private Optional<Instant> time(JsonObject message) {
        var told = message.time("timestamp").or(() -> message.time("originalTimestamp"));
        var sentAt = around.time(SENT_AT).or(() -> message.time(SENT_AT));
        return told.map(time -> sentAt.map(at -> new SenderClock(at, receivedAt).corrected(time))
                .orElse(time));
    }

    private Map<String, @Nullable Object> properties(MessageType kind, JsonObject message) {
        Map<String, @Nullable Object> properties =
                new LinkedHashMap<>(message.object(kind.properties()).members());
        for (var own : kind.own()) {
            message.text(own).ifPresent(text -> properties.put(own, text));
        }
        Map<String, @Nullable Object> context =
                new LinkedHashMap<>(around.object(CONTEXT).members());
        context.putAll(message.object(CONTEXT).members());
        if (context.isEmpty()) {
            return properties;
        }
        if (properties.containsKey(CONTEXT)) {
            properties.put(kind.properties() + "." + CONTEXT, properties.remove(CONTEXT));
        }
        properties.put(CONTEXT, context);
        return properties;
    }

    private static CallerException refusal(String sentence, String member) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, sentence, member);
    }
}
