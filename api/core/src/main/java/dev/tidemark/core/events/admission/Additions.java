package dev.tidemark.core.events.admission;

import dev.tidemark.core.catalog.names.Flattening;
import dev.tidemark.core.catalog.names.Names;
import dev.tidemark.core.json.StorableText;
import dev.tidemark.spi.Event;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What mappers add to an event. It takes nothing from what was sent: what the event says itself keeps its column, however it
 * spells the name, and a text that cannot be kept is no reason to refuse an event that can.
 */
final class Additions {

    private Additions() {}

    /** Which properties were added. */
    static Set<String> names(Event sent, Event mapped) {
        var names = new LinkedHashSet<>(mapped.properties().keySet());
        names.removeAll(sent.properties().keySet());
        return names;
    }

    /** The event as mappers left it, without the additions that do harm. */
    static Event harmless(Event sent, Event mapped) {
        var added = names(sent, mapped);
        if (added.isEmpty()) {
            return mapped;
        }
        Map<String, @Nullable Object> properties = new LinkedHashMap<>(mapped.properties());
        var own = columns(properties, added);
        added.forEach(name -> {
            if (!isStorable(properties.get(name))
                    || Names.column(name).filter(own::contains).isPresent()) {
                properties.remove(name);
            }
        });
        return new Event(
                mapped.collection(), mapped.time(), mapped.user(), mapped.anonymous(), mapped.messageId(), properties);
    }

    /** Those of the properties that were not added. */
    private static Set<String> columns(Map<String, @Nullable Object> properties, Set<String> added) {
        Map<String, @Nullable Object> own = new LinkedHashMap<>(properties);
        own.keySet().removeAll(added);
        Set<String> columns = new HashSet<>();
        Flattening.each(own, (label, value) -> Names.column(label).ifPresent(columns::add));
        return columns;
    }

    private static boolean isStorable(@Nullable Object value) {
        return !(value instanceof String text) || StorableText.isStorable(text);
    }
}
