package dev.tidemark.posthog;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.JsonObject;
import dev.tidemark.spi.SenderClock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the captures of a request into events.
 *
 * @param around what the request says of all its captures
 * @param sentAt by the sender's clock, as the address tells
 * @param key which is not kept among the properties
 */
record Captures(JsonObject around, Optional<Instant> sentAt, Instant receivedAt, String key) {

    private static final String SENT_AT = "sent_at";

    /** @throws CallerException when it is none that can be stored */
    Event event(JsonObject capture) {
        var name = capture.text("event")
                .orElseThrow(
                        () -> new CallerException(ErrorCode.BAD_USER_INPUT, "A capture names its event.", "event"));
        var properties = capture.object("properties");
        var kind = Kind.of(name);
        var person = Person.of(capture, properties);
        return new Event(
                kind.collection(name),
                time(capture),
                person.user(),
                person.anonymous(),
                capture.text("uuid").or(() -> properties.text("$insert_id")),
                Properties.of(kind, capture, properties, key));
    }

    /** What the request says of each capture. */
    Map<String, @Nullable Object> said() {
        Map<String, @Nullable Object> said = new LinkedHashMap<>();
        sentAt.ifPresent(time -> said.put(SENT_AT, time.toString()));
        said.putAll(around.members());
        said.keySet().retainAll(List.of(SENT_AT));
        return said;
    }

    private Optional<Instant> time(JsonObject capture) {
        var told = capture.time("timestamp");
        if (told.isEmpty()) {
            return offset(capture).map(receivedAt::minus);
        }
        var sent = around.time(SENT_AT).or(() -> sentAt).or(() -> capture.time(SENT_AT));
        return told.map(time ->
                sent.map(at -> new SenderClock(at, receivedAt).corrected(time)).orElse(time));
    }

    /** Milliseconds between the event and its sending. */
    private static Optional<Duration> offset(JsonObject capture) {
        return capture.members().get("offset") instanceof Long milliseconds
                ? Optional.of(Duration.ofMillis(milliseconds))
                : Optional.empty();
    }
}
