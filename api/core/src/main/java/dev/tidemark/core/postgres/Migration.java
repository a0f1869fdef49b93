package dev.tidemark.core.postgres;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One step of a module's tables. Once released it never changes; its checksum tells when it did. Where a database cannot run it,
 * it may be put otherwise if the tables come out the same: a line {@code -- replaces} then has the checksum that it had.
 *
 * @param version from 1, without gaps
 * @param file the name of its file, for messages
 */
public record Migration(int version, String file, String sql) {

    /** Whether a database that has run the step of this checksum needs nothing. */
    boolean is(String applied) {
        return applied.equals(checksum()) || sql.contains("-- replaces " + applied + "\n");
    }

    String checksum() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(sql.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
