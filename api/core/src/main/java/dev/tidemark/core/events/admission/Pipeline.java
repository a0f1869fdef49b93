package dev.tidemark.core.events.admission;

import dev.tidemark.spi.EventMapper;
import dev.tidemark.spi.EventReader;
import dev.tidemark.spi.EventValidator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What modules do to events before they are stored, in the order of the modules.
 *
 * @param readers of dead letters, by source
 * @param properties the names of those that modules add: no sender has to declare them
 */
public record Pipeline(
        List<OfModule<EventMapper>> mappers,
        List<OfModule<EventValidator>> validators,
        Map<String, EventReader> readers,
        Set<String> properties) {

    /** Events are stored as they come. */
    public static final Pipeline EMPTY = new Pipeline(List.of(), List.of(), Map.of(), Set.of());

    public Pipeline {
        mappers = List.copyOf(mappers);
        validators = List.copyOf(validators);
        readers = Map.copyOf(readers);
        properties = Set.copyOf(properties);
    }

    /** The same, but for what these modules do. */
    public Pipeline without(Set<String> modules) {
        return new Pipeline(without(mappers, modules), without(validators, modules), readers, properties);
    }

    private static <T> List<OfModule<T>> without(List<OfModule<T>> contributed, Set<String> modules) {
        return contributed.stream()
                .filter(each -> !modules.contains(each.module()))
                .toList();
    }

    /** @param module the name of the module that contributed it */
    public record OfModule<T>(String module, T contributed) {}
}
