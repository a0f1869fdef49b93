package dev.tidemark.core.modules;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads the text of a setting as a value of its default's class. */
final class SettingValue {

    private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private SettingValue() {}

    @SuppressWarnings("unchecked")
    static <T> T parse(String key, String text, T byDefault) {
        try {
            return (T) value(text.strip(), byDefault);
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT,
                    "Setting " + key + " is \"" + text + "\", where something like " + byDefault + " is expected.");
        }
    }

    private static Object value(String text, Object byDefault) {
        return switch (byDefault) {
            case String ignored -> text;
            case Integer ignored -> Integer.valueOf(text);
            case Long ignored -> Long.valueOf(text);
            case Double ignored -> Double.valueOf(text);
            case Boolean ignored -> bool(text);
            case Duration ignored -> duration(text);
            default -> throw new IllegalStateException(byDefault.getClass() + " is no class of a setting.");
        };
    }

    private static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    /** ISO 8601, or the short forms {@code 500ms}, {@code 30s}, {@code 5m}, {@code 12h}, {@code 7d}. */
    private static Duration duration(String text) {
        var matcher = SHORT_DURATION.matcher(text);
        if (!matcher.matches()) {
            return Duration.parse(text);
        }
        var amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
