package dev.tidemark.posthog;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A key as it stands in the text of a capture: who reads dead letters may not write. */
final class KeyText {

    static final String REMOVED = "(removed key)";

    /** Less of it, where the text was cut, tells nothing. */
    private static final int TELLING = 8;

    private final Pattern spelled;

    KeyText(String key) {
        var telling = Math.min(TELLING, key.length());
        spelled = Pattern.compile(spelled(key, 0, telling) + "(?:" + spelled(key, telling, key.length()) + "|"
                + begun(key, telling) + "(?:\\\\u?\\p{XDigit}{0,3})?(?=…\\z))");
    }

    String removedFrom(String raw) {
        return spelled.matcher(raw).replaceAll(REMOVED);
    }

    private static String spelled(String key, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> spelled(key.charAt(i))).collect(Collectors.joining());
    }

    /** As much of the rest as is there. */
    private static String begun(String key, int from) {
        return IntStream.range(from, key.length())
                        .mapToObj(i -> "(?:" + spelled(key.charAt(i)))
                        .collect(Collectors.joining())
                + ")?".repeat(key.length() - from);
    }

    /** Itself, or as an escape of JSON. */
    private static String spelled(char character) {
        return "(?:" + Pattern.quote(String.valueOf(character)) + String.format("|\\\\u(?i:%04x))", (int) character);
    }
}
