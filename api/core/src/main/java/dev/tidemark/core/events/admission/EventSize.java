package dev.tidemark.core.events.admission;

import dev.tidemark.core.json.StorableText;
import dev.tidemark.spi.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Measures an event's properties, and looks at all their text on the way. */
final class EventSize {

    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_PROPERTIES = 1_000;
    private static final int MOST_LEVELS = 64;
    private static final int SCALAR_BYTES = 8;

    private long bytes;
    private int properties;
    private boolean storable = true;
    private boolean flat = true;

    static Optional<Refusal> check(Map<String, @Nullable Object> properties) {
        var size = new EventSize();
        size.object(properties, 1);
        return size.problem();
    }

    private Optional<Refusal> problem() {
        if (!storable) {
            return refusal("not_storable", StorableText.REASON);
        }
        if (!flat) {
            return refusal("too_deep", "Objects and arrays may be nested " + MOST_LEVELS + " levels deep.");
        }
        if (properties > MOST_PROPERTIES) {
            return refusal(
                    "too_many_properties",
                    "The event has " + properties + " properties, it may have " + MOST_PROPERTIES
                            + ": send a list, or several events.");
        }
        return bytes > MOST_BYTES
                ? refusal("event_too_large", "The event has about " + bytes + " bytes, it may have " + MOST_BYTES + ".")
                : Optional.empty();
    }

    private static Optional<Refusal> refusal(String code, String message) {
        return Optional.of(new Refusal(code, "/properties", message));
    }

    private void object(Map<?, ?> object, int level) {
        properties += object.size();
        object.forEach((name, value) -> {
            text((String) name);
            value(value, level);
        });
    }

    private void value(@Nullable Object value, int level) {
        if (value instanceof String text) {
            text(text);
        } else if (value instanceof Map<?, ?> object) {
            if (isDeeper(level)) {
                object(object, level + 1);
            }
        } else if (value instanceof List<?> list) {
            if (isDeeper(level)) {
                list.forEach(element -> value(element, level + 1));
            }
        } else {
            bytes += SCALAR_BYTES;
        }
    }

    private boolean isDeeper(int level) {
        flat &= level < MOST_LEVELS;
        return flat;
    }

    private void text(String text) {
        bytes += text.length() + 1;
        storable = storable && StorableText.isStorable(text);
    }
}
