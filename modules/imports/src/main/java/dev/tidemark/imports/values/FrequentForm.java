package dev.tidemark.imports.values;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * How times are often written, when not as ISO 8601 has them.
 *
 * @param pattern as {@link TimeFormat#of} takes it
 */
record FrequentForm(String pattern, TimeFormat.Pattern format) {

    private static final int LONGEST = 40;

    /** A day before its month, as most of the world writes them, but not between slashes. */
    private static final List<FrequentForm> ALL = List.of(
                    "yyyyMMdd",
                    "d.M.yyyy",
                    "d.M.yyyy H:mm",
                    "d.M.yyyy H:mm:ss",
                    "M/d/yyyy",
                    "M/d/yyyy H:mm",
                    "M/d/yyyy H:mm:ss",
                    "M/d/yyyy h:mm a",
                    "M/d/yyyy h:mm:ss a",
                    "d/M/yyyy",
                    "d/M/yyyy H:mm",
                    "d/M/yyyy H:mm:ss",
                    "yyyy/M/d",
                    "yyyy/M/d H:mm",
                    "yyyy/M/d H:mm:ss",
                    "d MMM yyyy",
                    "MMM d, yyyy",
                    "dd/MMM/yyyy:HH:mm:ss Z",
                    "EEE, d MMM yyyy HH:mm:ss z")
            .stream()
            .map(pattern ->
                    new FrequentForm(pattern, TimeFormat.Pattern.of(pattern).orElseThrow()))
            .toList();

    /** The pattern of the first that a text has; empty: it has none. */
    static Optional<String> of(String text) {
        return text.length() > LONGEST
                ? Optional.empty()
                : ALL.stream()
                        .filter(form -> form.has(text))
                        .map(FrequentForm::pattern)
                        .findFirst();
    }

    private boolean has(String text) {
        return format.isLike(text) && format.instant(text, ZoneOffset.UTC) != null;
    }
}
