package dev.tidemark.core.catalog.names;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What tells names apart that would otherwise be the same: an underscore and eight hexadecimal digits. */
final class Suffix {

    static final int LENGTH = 9;

    private static final int HASHED_BYTES = 4;

    private Suffix() {}

    static String of(String label) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(label.getBytes(StandardCharsets.UTF_8));
            return "_" + HexFormat.of().formatHex(hash, 0, HASHED_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    static boolean endsLikeOne(String name) {
        var start = name.length() - LENGTH;
        return start > 0
                && name.charAt(start) == '_'
                && name.chars().skip(start + 1L).allMatch(c -> c < 128 && HexFormat.isHexDigit(c));
    }
}
