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
import org.jspecify.annotations.Nullable;

/**
 * Makes an event of an object of JSON. An object that has nothing but the fields of an event, {@code properties} among them,
 * and what the mapping names, is one as {@code /collect} takes it; of any other each member is a property, but for those.
 */
final class ObjectReader {

    private static final int SHOWN = 200;

    private final Mapping mapping;
    private final ValueReader values;
    private final KnownTypes known;
    private final NestedMembers roles;
    private final ObjectForm ofEvent;
    private final ObjectForm ofRow;

    /** Members that have a meaning, are asked for, and that no object had so far: what for, by their names. */
    private final Map<String, String> missing = new HashMap<>();

    /** Of the first object; empty: there was none. */
    private String names = "";

    /** @param known where these are numbers, strings may be such as JSON cannot hold exactly */
    ObjectReader(Mapping mapping, ValueReader values, KnownTypes known) {
        this.mapping = mapping;
        this.values = values;
        this.known = known;
        this.roles = NestedMembers.of(mapping.roles());
        this.ofEvent = ObjectForm.ofEvent(mapping);
        this.ofRow = ObjectForm.ofRow(mapping);
        mapping.destination().column().ifPresent(name -> missing.put(name, "collectionFrom"));
        mapping.user().ifPresent(name -> missing.put(name, "user"));
        mapping.anonymous().ifPresent(name -> missing.put(name, "anonymous"));
        mapping.messageId().ifPresent(name -> missing.put(name, "messageId"));
    }

    /** @throws CallerException when no object so far has a member that is asked for, but as the time or a property */
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
        return ofEvent.mapping().properties();
    }

    Event event(Map<String, @Nullable Object> object) throws MisreadException {
        var sent = sent(object);
        return new Event(
                text(sent, "collection", sent.collection()).orElse(""),
                time(sent),
                text(sent, "user", sent.user()),
                text(sent, "anonymous", sent.anonymous()),
                text(sent, "messageId", sent.messageId()),
                sent.properties());
    }

    private Sent sent(Map<String, @Nullable Object> object) throws MisreadException {
        roles.lift(object);
        look(object);
        var form = ObjectForm.isEvent(object, mapping) ? ofEvent : ofRow;
        var event = properties(form.mapping(), form.sent(object));
        if (event.time() == null && mapping.time().isPresent()) {
            var name = mapping.time().get();
            throw new MisreadException(
                    event, "bad_time", "/time", "There is no \"" + name + "\", which is asked for as the time.");
        }
        return event;
    }

    private void look(Map<String, @Nullable Object> object) {
        if (names.isEmpty()) {
            names = String.join(", ", object.keySet());
        }
        if (!missing.isEmpty()) {
            missing.keySet().removeAll(object.keySet());
        }
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

    private Sent properties(Mapping names, Sent sent) throws MisreadException {
        if (names.renames().isEmpty()) {
            sent.properties().replaceAll((name, value) -> typed(names, sent, name, value));
            return sent;
        }
        Map<String, @Nullable Object> properties =
                LinkedHashMap.newLinkedHashMap(sent.properties().size());
        for (var member : sent.properties().entrySet()) {
            var name = names.property(member.getKey());
            if (properties.containsKey(name)) {
                throw new MisreadException(
                        sent,
                        "same_property",
                        "/properties/" + name.replace("~", "~0").replace("/", "~1"),
                        "Two members become one property, \"" + name + "\": rename one of them otherwise.");
            }
            properties.put(name, typed(names, sent, member.getKey(), member.getValue()));
        }
        return sent.with(properties);
    }

    private @Nullable Object typed(Mapping names, Sent sent, String name, @Nullable Object value) {
        var asked = names.types().get(name);
        if (value == null || (asked == null && !(value instanceof String) && !(value instanceof List))) {
            return value;
        }
        var type = asked == null
                ? number(sent, names.property(name)).filter(found -> found.isList() == value instanceof List)
                : Optional.of(asked);
        return type.isEmpty() ? value : values.read(value, type.get());
    }

    /** The type of a property that is a number, or a list of such. */
    private Optional<ColumnType> number(Sent sent, String property) {
        return sent.collection() instanceof String collection
                ? known.of(collection, property).filter(found -> found.element().isNumber())
                : Optional.empty();
    }
}
