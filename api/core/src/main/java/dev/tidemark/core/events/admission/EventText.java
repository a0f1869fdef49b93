package dev.tidemark.core.events.admission;

import dev.tidemark.core.json.JsonWriter;
import dev.tidemark.spi.Event;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** An event as JSON in the shape in which it can be sent again. */
public final class EventText {

    /** Longer than an event may be: what was refused for another reason can be sent again. */
    private static final int KEPT = 512 * 1024;

    private EventText() {}

    static String of(Event event) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("collection", event.collection());
        event.time().ifPresent(time -> fields.put("time", time));
        event.user().ifPresent(user -> fields.put("user", user));
        event.anonymous().ifPresent(anonymous -> fields.put("anonymous", anonymous));
        event.messageId().ifPresent(id -> fields.put("messageId", id));
        fields.put("properties", event.properties());
        return cut(JsonWriter.write(fields), KEPT);
    }

    /** The text, ended by an ellipsis where it was cut. */
    public static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end) + "…";
    }
}
