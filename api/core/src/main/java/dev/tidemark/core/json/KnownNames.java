package dev.tidemark.core.json;

import java.nio.charset.StandardCharsets;

/**
 * Names that were read before, since the same few come with every event. A name has one place, and the last one to come
 * there keeps it. Two threads may race for a place: what they find there is compared, and a string never changes.
 */
final class KnownNames {

    private static final int PLACES = 1 << 12;
    private static final int LONGEST = 64;
    private static final String[] NAMES = new String[PLACES];

    private KnownNames() {}

    /** The name that these bytes spell, all of them ASCII. */
    static String of(byte[] bytes, int from, int to) {
        var length = to - from;
        if (length > LONGEST) {
            return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
        }
        var hash = length;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + bytes[i];
        }
        var place = (hash ^ hash >>> 12) & PLACES - 1;
        var known = NAMES[place];
        if (known != null && isSpelled(known, bytes, from, length)) {
            return known;
        }
        var name = new String(bytes, from, length, StandardCharsets.ISO_8859_1);
        NAMES[place] = name;
        return name;
    }

    private static boolean isSpelled(String name, byte[] bytes, int from, int length) {
        if (name.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (name.charAt(i) != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }
}
