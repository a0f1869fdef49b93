package dev.tidemark.posthog;

import dev.tidemark.spi.JsonObject;
import java.util.List;
import java.util.Optional;

/** Who is behind a capture. PostHog has one id for both; whether the person is known, SDKs tell in properties. */
record Person(Optional<String> user, Optional<String> anonymous) {

    private static final List<String> KNOWN = List.of("$is_identified", "$process_person_profile");

    static Person of(JsonObject capture, JsonObject properties) {
        var id = capture.text("distinct_id")
                .or(() -> properties.text("distinct_id"))
                .filter(text -> !isOfGroup(text, properties));
        var visitor = properties.text("$anon_distinct_id");
        return isAnonymous(id, capture, properties) ? new Person(Optional.empty(), id) : new Person(id, visitor);
    }

    /** SDKs give the calls that describe a group an id of their own making. */
    private static boolean isOfGroup(String id, JsonObject properties) {
        return properties
                .text("$group_type")
                .filter(type -> id.startsWith("$" + type + "_"))
                .isPresent();
    }

    private static boolean isAnonymous(Optional<String> id, JsonObject capture, JsonObject properties) {
        var isDevice = id.isPresent() && id.equals(properties.text("$device_id"));
        return isDevice
                || KNOWN.stream()
                        .anyMatch(name ->
                                Boolean.FALSE.equals(properties.members().get(name)))
                || Boolean.FALSE.equals(capture.object("options").members().get("process_person_profile"));
    }
}
