package dev.tidemark.posthog;

import dev.tidemark.spi.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the sender says from what PostHog's SDK says: names with a {@code $} go into the context, without it. Some have a
 * meaning here and go to their place.
 */
final class Properties {

    private static final String CONTEXT = "context";
    private static final Set<String> PLACED = Set.of(
            "distinct_id",
            "$anon_distinct_id",
            "$insert_id",
            "$set",
            "$set_once",
            "$group_set",
            "$group_type",
            "$group_key");

    /** Newer SDKs say these beside the properties, without the mark. */
    private static final List<String> BESIDE = List.of("session_id", "window_id");

    private final Map<String, @Nullable Object> own = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> context = new LinkedHashMap<>();

    private Properties() {}

    /** @param key which is not kept */
    static Map<String, @Nullable Object> of(Kind kind, JsonObject capture, JsonObject sent, String key) {
        var properties = new Properties();
        sent.members().forEach((name, value) -> {
            if (!PLACED.contains(name) && !key.equals(value)) {
                (isMarked(name) ? properties.context : properties.own).put(withoutMark(name), value);
            }
        });
        BESIDE.forEach(name -> capture.text(name).ifPresent(text -> properties.context.putIfAbsent(name, text)));
        properties.place(kind, capture, sent);
        return properties.all();
    }

    static String withoutMark(String name) {
        return isMarked(name) ? name.substring(1) : name;
    }

    private static boolean isMarked(String name) {
        return name.length() > 1 && name.startsWith("$");
    }

    private void place(Kind kind, JsonObject capture, JsonObject sent) {
        var traits = members("$set", capture, sent);
        switch (kind) {
            case IDENTIFY -> own.putAll(traits);
            case GROUP -> {
                own.putAll(sent.object("$group_set").members());
                sent.text("$group_type").ifPresent(type -> own.put("groupType", type));
                sent.text("$group_key").ifPresent(group -> own.put("groupId", group));
            }
            case ALIAS -> {
                own.remove("alias");
                sent.text("alias").ifPresent(id -> own.put("previousId", id));
            }
            case PAGE, OTHER -> tell("traits", traits);
        }
        tell("traits_once", members("$set_once", capture, sent));
    }

    /** Some SDKs have them beside the properties. */
    private static Map<String, @Nullable Object> members(String name, JsonObject capture, JsonObject sent) {
        Map<String, @Nullable Object> members =
                new LinkedHashMap<>(capture.object(name).members());
        members.putAll(sent.object(name).members());
        return members;
    }

    private void tell(String name, Map<String, @Nullable Object> members) {
        if (!members.isEmpty()) {
            context.put(name, members);
        }
    }

    private Map<String, @Nullable Object> all() {
        if (!context.isEmpty()) {
            if (own.containsKey(CONTEXT)) {
                own.put("properties." + CONTEXT, own.remove(CONTEXT));
            }
            own.put(CONTEXT, context);
        }
        return own;
    }
}
