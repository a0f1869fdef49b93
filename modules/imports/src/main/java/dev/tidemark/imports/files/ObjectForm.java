package dev.tidemark.imports.files;

import dev.tidemark.imports.requests.Destination;
import dev.tidemark.imports.requests.Mapping;
import dev.tidemark.imports.values.Sent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How objects of JSON say what happened.
 *
 * @param mapping what is asked for
 * @param within the member that has the properties; empty: the object itself has them
 * @param named what the mapping names within objects
 * @param collection the members that say so, and give way to the collection of all
 * @param time the members that say so where nothing is asked for: the first that is there, here and in the next three
 */
record ObjectForm(
        Mapping mapping,
        Optional<String> within,
        NestedMembers named,
        List<String> collection,
        List<String> time,
        List<String> user,
        List<String> anonymous,
        List<String> messageId) {

    private static final String COLLECTION = "collection";
    private static final String PROPERTIES = "properties";
    private static final Set<String> EVENT = Set.of(COLLECTION, "time", "user", "anonymous", "messageId", PROPERTIES);

    /** Whether an object has nothing but the fields of an event and what is asked for. */
    static boolean isEvent(Map<String, @Nullable Object> object, Mapping asked) {
        return object.get(PROPERTIES) instanceof Map
                && object.keySet().stream()
                        .allMatch(name -> EVENT.contains(name) || asked.roles().anyMatch(name::equals));
    }

    /** Those that have nothing but the fields of an event, as {@code /collect} takes it. */
    static ObjectForm ofEvent(Mapping asked) {
        var mapping = asked.within(PROPERTIES);
        return new ObjectForm(
                mapping,
                Optional.of(PROPERTIES),
                NestedMembers.of(mapping.named()),
                List.of(COLLECTION),
                List.of("time"),
                List.of("user"),
                List.of("anonymous"),
                List.of("messageId"));
    }

    /** Those whose members are properties. */
    static ObjectForm ofRow(Mapping mapping) {
        return new ObjectForm(
                mapping,
                Optional.empty(),
                NestedMembers.of(mapping.named()),
                List.of(),
                List.of("_time", "time", "timestamp"),
                List.of("_user", "user"),
                List.of("_anonymous"),
                List.of("_message_id"));
    }

    Sent sent(Map<String, @Nullable Object> object) {
        var properties = properties(object);
        named.lift(properties);
        var sent = new Sent(
                collection(object),
                take(object, mapping.time(), time),
                take(object, mapping.user(), user),
                take(object, mapping.anonymous(), anonymous),
                take(object, mapping.messageId(), messageId),
                properties);
        if (within.isPresent()) {
            object.forEach(properties::putIfAbsent);
        }
        return sent;
    }

    private Map<String, @Nullable Object> properties(Map<String, @Nullable Object> object) {
        return within.isPresent() && object.remove(within.get()) instanceof Map<?, ?> inner
                ? NestedMembers.named(inner)
                : object;
    }

    private @Nullable Object collection(Map<String, @Nullable Object> object) {
        return switch (mapping.destination()) {
            case Destination.Collection(var name) -> {
                collection.forEach(object::remove);
                yield name;
            }
            case Destination.Column(var name) -> object.remove(name);
        };
    }

    /** An event says it itself where it has not got what is asked for. */
    private @Nullable Object take(
            Map<String, @Nullable Object> object, Optional<String> asked, List<String> byDefault) {
        return asked.filter(name -> within.isEmpty() || object.containsKey(name))
                .or(() -> byDefault.stream().filter(object::containsKey).findFirst())
                .map(object::remove)
                .orElse(null);
    }
}
