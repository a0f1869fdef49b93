package dev.tidemark.core.events.admission;

import dev.tidemark.core.catalog.types.IsoText;
import dev.tidemark.core.json.JsonWriter;
import dev.tidemark.core.naming.Nearest;
import dev.tidemark.spi.Event;
import dev.tidemark.spi.Refusal;
import dev.tidemark.spi.Submission;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An event in its plain JSON shape: {@code {collection, time, user, anonymous, messageId, properties}}. */
public final class EventFields {

    private static final List<String> KNOWN =
            List.of("collection", "time", "user", "anonymous", "messageId", "properties");
    private static final int RAW = 512 * 1024;

    private final Map<String, @Nullable Object> fields;
    private Optional<String> collection = Optional.empty();
    private Optional<Instant> time = Optional.empty();
    private Optional<String> user = Optional.empty();
    private Optional<String> anonymous = Optional.empty();
    private Optional<String> messageId = Optional.empty();
    private Map<String, @Nullable Object> properties = Map.of();

    private EventFields(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    public static Submission submission(Map<String, @Nullable Object> fields) {
        try {
            return new EventFields(fields).event();
        } catch (UnfitException e) {
            return new Submission.Unreadable(EventText.cut(JsonWriter.write(fields), RAW), e.reason());
        }
    }

    private Event event() throws UnfitException {
        for (var field : fields.entrySet()) {
            take(field.getKey(), field.getValue());
        }
        return new Event(
                collection.orElseThrow(() -> new UnfitException(
                        "bad_collection", "/collection", "Say in \"collection\" what kind of event it is.")),
                time,
                user,
                anonymous,
                messageId,
                properties);
    }

    private void take(String name, @Nullable Object value) throws UnfitException {
        switch (name) {
            case "collection" -> collection = text(name, value);
            case "time" -> time = time(value);
            case "user" -> user = text(name, value);
            case "anonymous" -> anonymous = text(name, value);
            case "messageId" -> messageId = text(name, value);
            case "properties" -> properties = properties(value);
            default ->
                throw new UnfitException(
                        "unknown_field",
                        Pointers.to(name, fields),
                        "An event has no field \"" + EventText.cut(name, 100) + "\"." + Nearest.hint(name, KNOWN)
                                + " What is the event's own goes into \"properties\".");
        }
    }

    private static Optional<String> text(String name, @Nullable Object value) throws UnfitException {
        return switch (value) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            case Long number -> Optional.of(number.toString());
            default ->
                throw new UnfitException("bad_field", "/" + name, "\"" + name + "\" is a text: put it in quotes.");
        };
    }

    private static Optional<Instant> time(@Nullable Object value) throws UnfitException {
        if (value == null) {
            return Optional.empty();
        }
        var time = value instanceof String text ? IsoText.instantCutToMicroseconds(text) : null;
        if (time == null) {
            throw new UnfitException(
                    "bad_time",
                    "/time",
                    "\"time\" is an instant with its zone, such as \"2026-11-20T13:45:00.123Z\" or"
                            + " \"2026-11-20T14:45:00+01:00\"; no seconds since 1970, no leap seconds.");
        }
        return Optional.of(time);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> properties(@Nullable Object value) throws UnfitException {
        return switch (value) {
            case null -> new LinkedHashMap<>();
            case Map<?, ?> properties -> (Map<String, @Nullable Object>) properties;
            default ->
                throw new UnfitException(
                        "bad_properties", "/properties", "\"properties\" is an object: {\"name\": value}.");
        };
    }

    private static final class UnfitException extends Exception {

        private static final long serialVersionUID = 1;

        private final transient Refusal reason;

        UnfitException(String code, String pointer, String message) {
            super(message, null, false, false);
            this.reason = new Refusal(code, pointer, message);
        }

        Refusal reason() {
            return reason;
        }
    }
}
