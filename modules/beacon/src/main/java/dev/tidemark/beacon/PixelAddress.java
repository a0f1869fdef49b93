package dev.tidemark.beacon;

import io.helidon.common.uri.UriQuery;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The event that an address tells: what is no member of an event is a property of it. */
final class PixelAddress {

    private static final Set<String> MEMBERS = Set.of("collection", "time", "user", "anonymous", "messageId");

    private PixelAddress() {}

    static Map<String, @Nullable Object> fields(UriQuery query) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        for (var name : query.names()) {
            var values = query.all(name);
            var value = values.size() == 1 ? values.getFirst() : values;
            if (!name.equals(PageKey.PARAMETER)) {
                (MEMBERS.contains(name) ? event : properties).put(name, value);
            }
        }
        event.put("properties", properties);
        return event;
    }
}
