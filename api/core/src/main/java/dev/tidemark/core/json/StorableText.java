package dev.tidemark.core.json;

/** Text that PostgreSQL can keep: everything but U+0000 and halves of surrogate pairs. */
public final class StorableText {

    /** What to tell a sender whose text is not storable. */
    public static final String REASON =
            "Text may hold neither the character U+0000 nor half a surrogate pair: leave it out.";

    private static final int SURROGATE_MASK = 0xF800;

    private StorableText() {}

    public static boolean isStorable(String text) {
        return hasNoneNorSurrogates(text) || firstBad(text, 0) < 0;
    }

    /** The text with what cannot be kept written as a {@code \}{@code u} escape. */
    public static String escaped(String text) {
        var bad = firstBad(text, 0);
        if (bad < 0) {
            return text;
        }
        var escaped = new StringBuilder(text.length() + 16);
        var from = 0;
        for (; bad >= 0; bad = firstBad(text, from)) {
            escaped.append(text, from, bad).append(String.format("\\u%04x", (int) text.charAt(bad)));
            from = bad + 1;
        }
        return escaped.append(text, from, text.length()).toString();
    }

    private static int firstBad(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return i;
            }
            if (Character.isHighSurrogate(c)) {
                if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /** Nearly all text has neither, and every text is asked: so this loop is as short as can be. */
    private static boolean hasNoneNorSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 0 || (c & SURROGATE_MASK) == Character.MIN_SURROGATE) {
                return false;
            }
        }
        return true;
    }
}
