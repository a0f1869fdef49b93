package dev.tidemark.imports.files;

import dev.tidemark.imports.requests.Mapping;
import dev.tidemark.imports.values.Excerpt;
import dev.tidemark.imports.values.KnownTypes;
import dev.tidemark.imports.values.Sent;
import dev.tidemark.imports.values.ValueReader;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ColumnType;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Event;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes an event of an object of JSON. An object that has nothing but the fields of an event, {@code properties} among them,
 * is one as {@code /collect} takes it; of any other each member is a property, but for those that the mapping names.
 */
final class ObjectReader {

    private static final String PROPERTIES = "properties";
    private static final Set<String> EVENT = Set.of("collection", "time", "user", "anonymous", "messageId", PROPERTIES);
    private static final int MOST_NAMES = 10_000;
    private static final int SHOWN = 200;

    private final String collection;
    private final Mapping mapping;
    private final ValueReader values;
    private final KnownTypes known;
    private final NestedMembers nested;
    private final Map<String, Optional<ColumnType>> numbers = new HashMap<>();

    /** Members that say who it was or which event, that are asked for and that no object had so far: what for, by their names. */
    private final Map<String, String> missing = new HashMap<>();

    /** Of the first object; empty: there was none. */
    private String names = "";

    /** @param known where these are numbers, strings may be such as JSON cannot hold exactly */
    ObjectReader(String collection, Mapping mapping, ValueReader values, KnownTypes known) {
        this.collection = collection;
        this.mapping = mapping;
        this.values = values;
        this.known = known;
        this.nested = NestedMembers.of(mapping);
        mapping.user().ifPresent(name -> missing.put(name, "user"));
        mapping.anonymous().ifPresent(name -> missing.put(name, "anonymous"));
        mapping.messageId().ifPresent(name -> missing.put(name, "messageId"));
    }

    /** @throws CallerException when no object so far has a member that says who it was or which event, and is asked for */
    void requireMembers() {
        if (!names.isEmpty()) {
            missing.forEach((name, role) -> {
                throw new CallerException(
                        ErrorCode.BAD_USER_INPUT,
                        "Nothing was stored: none of the first rows has \"" + Excerpt.of(name, SHOWN)
                                + "\", which is asked for as the " + role + ". The first one has "
                                + Excerpt.of(names, SHOWN) + ".",
                        role);
            });
        }
    }

    /** Those that are asked for. */
    Map<String, ColumnType> types() {
        return mapping.properties();
    }

    Event event(Map<String, @Nullable Object> object) throws MisreadException {
        var sent = sent(object);
        return new Event(
                sent.collection(),
                time(sent),
                text(sent, "user", sent.user()),
                text(sent, "anonymous", sent.anonymous()),
                text(sent, "messageId", sent.messageId()),
                sent.properties());
    }

    private Sent sent(Map<String, @Nullable Object> object) throws MisreadException {
        if (object.get(PROPERTIES) instanceof Map<?, ?> properties && EVENT.containsAll(object.keySet())) {
            look(object);
            var event = new Sent(
                    collection,
                    object.get("time"),
                    object.get("user"),
                    object.get("anonymous"),
                    object.get("messageId"),
                    NestedMembers.named(properties));
            return event.with(properties(event));
        }
        nested.lift(object);
        look(object);
        var time = take(object, mapping.time(), "_time", "time", "timestamp");
        var user = take(object, mapping.user(), "_user", "user");
        var anonymous = take(object, mapping.anonymous(), "_anonymous");
        var messageId = take(object, mapping.messageId(), "_message_id");
        var event = new Sent(collection, time, user, anonymous, messageId, object);
        var sent = event.with(properties(event));
        if (time == null && mapping.time().isPresent()) {
            var name = mapping.time().get();
            throw new MisreadException(
                    sent, "bad_time", "/time", "There is no \"" + name + "\", which is asked for as the time.");
        }
        return sent;
    }

    private void look(Map<String, @Nullable Object> object) {
        if (names.isEmpty()) {
            names = String.join(", ", object.keySet());
        }
        if (!missing.isEmpty()) {
            missing.keySet().removeAll(object.keySet());
        }
    }

    /** Takes the member out of the object. */
    private static @Nullable Object take(
            Map<String, @Nullable Object> object, Optional<String> asked, String... byDefault) {
        return asked.or(() -> Stream.of(byDefault).filter(object::containsKey).findFirst())
                .map(object::remove)
                .orElse(null);
    }

    private Optional<Instant> time(Sent sent) throws MisreadException {
        if (sent.time() == null) {
            return Optional.empty();
        }
        var text = sent.time() instanceof String || sent.time() instanceof Number
                ? sent.time().toString()
                : "";
        var instant = text.isEmpty() ? null : values.instant(text);
        if (instant == null) {
            throw new MisreadException(
                    sent, "bad_time", "/time", "The time is " + values.times().remedy(text) + ".");
        }
        return Optional.of(instant);
    }

    private static Optional<String> text(Sent sent, String name, @Nullable Object value) throws MisreadException {
        return switch (value) {
            case null -> Optional.empty();
            case String text -> text.isEmpty() ? Optional.empty() : Optional.of(text);
            case Long number -> Optional.of(number.toString());
            default -> throw new MisreadException(sent, "bad_field", "/" + name, "\"" + name + "\" is a text.");
        };
    }

    private Map<String, @Nullable Object> properties(Sent sent) throws MisreadException {
        var object = sent.properties();
        if (mapping.renames().isEmpty()) {
            object.replaceAll(this::typed);
            return object;
        }
        Map<String, @Nullable Object> properties = LinkedHashMap.newLinkedHashMap(object.size());
        for (var member : object.entrySet()) {
            var name = mapping.property(member.getKey());
            if (properties.containsKey(name)) {
                throw new MisreadException(
                        sent,
                        "same_property",
                        "/properties/" + name.replace("~", "~0").replace("/", "~1"),
                        "Two members become one property, \"" + name + "\": rename one of them otherwise.");
            }
            properties.put(name, typed(member.getKey(), member.getValue()));
        }
        return properties;
    }

    private @Nullable Object typed(String name, @Nullable Object value) {
        var asked = mapping.types().get(name);
        if (value == null || (asked == null && !(value instanceof String) && !(value instanceof List))) {
            return value;
        }
        var type = asked == null
                ? number(mapping.property(name)).filter(found -> found.isList() == value instanceof List)
                : Optional.of(asked);
        return type.isEmpty() ? value : values.read(value, type.get());
    }

    /** The type of a property that is a number, or a list of such. */
    private Optional<ColumnType> number(String property) {
        var remembered = numbers.get(property);
        if (remembered != null) {
            return remembered;
        }
        var type = known.of(property).filter(found -> found.element().isNumber());
        if (numbers.size() < MOST_NAMES) {
            numbers.put(property, type);
        }
        return type;
    }
}
