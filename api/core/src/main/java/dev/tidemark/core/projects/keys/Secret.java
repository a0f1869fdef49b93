package dev.tidemark.core.projects.keys;

import java.security.SecureRandom;

/** The text of a key, known to its holder alone. */
public record Secret(String text) {

    private static final String MARK = "tmk_";
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_CHARACTERS = 40;
    private static final int SHOWN_CHARACTERS = 6;

    /** A new one: a mark by which scanners find leaked keys, and 40 random characters. */
    public static Secret random(SecureRandom random) {
        var text = new StringBuilder(MARK);
        random.ints(RANDOM_CHARACTERS, 0, ALPHABET.length()).forEach(i -> text.append(ALPHABET.charAt(i)));
        return new Secret(text.toString());
    }

    /** Its beginning, by which people tell keys apart. */
    String prefix() {
        return text.startsWith(MARK) ? text.substring(0, MARK.length() + SHOWN_CHARACTERS) : "";
    }

    public KeyHash hash() {
        return KeyHash.of(text);
    }

    @Override
    public String toString() {
        return prefix() + "…";
    }
}
