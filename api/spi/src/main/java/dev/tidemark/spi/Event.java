package dev.tidemark.spi;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, as its sender tells it.
 *
 * @param collection the kind of event, by the sender's name for it
 * @param time when it happened; empty: when it is received
 * @param user the known person behind it
 * @param anonymous the device or visitor behind it, when the person is not known
 * @param messageId the sender's own id: events with the same one are stored once
 * @param properties by the sender's names, in the sender's order; values are null, Boolean, Long, BigInteger, Double,
 *     BigDecimal, String, Instant, LocalDate, and List and Map of these
 */
public record Event(
        String collection,
        Optional<Instant> time,
        Optional<String> user,
        Optional<String> anonymous,
        Optional<String> messageId,
        Map<String, @Nullable Object> properties)
        implements Submission {

    /** Keeps the given map as it is: whoever makes an event gives up the map. */
    public Event(
            String collection,
            Optional<Instant> time,
            Optional<String> user,
            Optional<String> anonymous,
            Optional<String> messageId,
            Map<String, @Nullable Object> properties) {
        this.collection = collection;
        this.time = time;
        this.user = user;
        this.anonymous = anonymous;
        this.messageId = messageId;
        this.properties = Collections.unmodifiableMap(properties);
    }

    /** An event of which only the kind is known so far. */
    public static Event of(String collection) {
        return new Event(
                collection,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new LinkedHashMap<>());
    }

    public Event at(Instant instant) {
        return new Event(collection, Optional.of(instant), user, anonymous, messageId, properties);
    }

    public Event by(String person) {
        return new Event(collection, time, Optional.of(person), anonymous, messageId, properties);
    }

    public Event byVisitor(String visitor) {
        return new Event(collection, time, user, Optional.of(visitor), messageId, properties);
    }

    public Event withMessageId(String id) {
        return new Event(collection, time, user, anonymous, Optional.of(id), properties);
    }

    /** The text of a property, found by the names on the way through nested objects; empty when there is none, or "". */
    public Optional<String> text(String... path) {
        @Nullable Object place = properties;
        for (var name : path) {
            place = place instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return place instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /** The event with properties added; what it has already stays. */
    public Event withAbsent(Map<String, ?> added) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(added);
        changed.putAll(properties);
        return new Event(collection, time, user, anonymous, messageId, changed);
    }

    /** The event with one property added or replaced. */
    public Event with(String name, @Nullable Object value) {
        var changed = new LinkedHashMap<String, @Nullable Object>(properties);
        changed.put(name, value);
        return new Event(collection, time, user, anonymous, messageId, changed);
    }
}
