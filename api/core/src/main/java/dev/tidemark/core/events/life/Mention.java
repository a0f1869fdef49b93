package dev.tidemark.core.events.life;

import dev.tidemark.core.events.life.Erasure.Subject;
import dev.tidemark.core.json.JsonText;
import dev.tidemark.core.json.JsonWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether an input that was refused is about a person: in the words of any sender. */
record Mention(Subject subject) {

    private static final Set<String> OF_USER = Set.of("user", "userid", "distinctid", "previousid", "alias");
    private static final Set<String> OF_VISITOR =
            Set.of("anonymous", "anonymousid", "distinctid", "anondistinctid", "previousid", "alias", "deviceid");

    boolean isIn(String raw) {
        try {
            return isIn(JsonText.read(raw));
        } catch (IllegalStateException e) {
            // cut, or never JSON: the value in quotes is all that there is to go by
            return subject.ids().stream().anyMatch(id -> raw.contains(JsonWriter.write(id)));
        }
    }

    private boolean isIn(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> object -> object.entrySet().stream().anyMatch(member -> isIn(member));
            case List<?> list -> list.stream().anyMatch(element -> isIn(element));
            case null, default -> false;
        };
    }

    private boolean isIn(Map.Entry<?, ?> member) {
        var name = member.getKey().toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return (isId(name) && subject.ids().contains(String.valueOf(member.getValue())))
                || isIn((Object) member.getValue());
    }

    private boolean isId(String name) {
        return switch (subject.kind()) {
            case USER -> OF_USER.contains(name);
            case ANONYMOUS -> OF_VISITOR.contains(name);
            case PERSON -> OF_USER.contains(name) || OF_VISITOR.contains(name);
        };
    }
}
