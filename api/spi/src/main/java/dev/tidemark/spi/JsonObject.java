package dev.tidemark.spi;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object of JSON whose members one expects to be of some type. A member of another type is refused by a
 * {@link CallerException} that names it; a missing one, null and "" are the same.
 */
public record JsonObject(Map<String, @Nullable Object> members) {

    private static final int LAST_YEAR = 9999;

    /** As SDKs of all languages write times: with a zone in any of the forms of ISO 8601, or in UTC. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXXXX][XX]")
            .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
            .toFormatter();

    /** A string, or a number as one. */
    public Optional<String> text(String name) {
        return switch (members.get(name)) {
            case null -> Optional.empty();
            case String text -> text.isEmpty() ? Optional.empty() : Optional.of(text);
            case Number number -> Optional.of(number.toString());
            default -> throw refusal(name, "is a string");
        };
    }

    /**
     * A time.
     *
     * @return in the years 1 to 9999
     */
    public Optional<Instant> time(String name) {
        return text(name).map(text -> {
            try {
                var time = TIME.parse(text);
                var local = LocalDateTime.from(time);
                if (local.getYear() < 1 || local.getYear() > LAST_YEAR) {
                    throw refusal(name, "is within the years 1 to " + LAST_YEAR);
                }
                return local.toInstant(ZoneOffset.from(time));
            } catch (DateTimeException e) {
                throw refusal(name, "is a time such as 2026-01-31T12:34:56.789Z");
            }
        });
    }

    /** An object; empty when there is none. An empty list is one too: PHP writes an object without members so. */
    public JsonObject object(String name) {
        return switch (members.get(name)) {
            case null -> new JsonObject(Map.of());
            case List<?> list when list.isEmpty() -> new JsonObject(Map.of());
            case Map<?, ?> object -> new JsonObject(named(object));
            default -> throw refusal(name, "is an object");
        };
    }

    /** The keys of an object of JSON are strings. */
    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> named(Map<?, ?> object) {
        return (Map<String, @Nullable Object>) object;
    }

    private static CallerException refusal(String name, String expectation) {
        return new CallerException(ErrorCode.BAD_USER_INPUT, "The member " + name + " " + expectation + ".", name);
    }
}
