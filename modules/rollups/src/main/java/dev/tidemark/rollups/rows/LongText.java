package dev.tidemark.rollups.rows;

import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.SqlFragment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** A dimension's text, which could not be part of an index when it is long: then its beginning is kept, and a hash of the whole. */
public final class LongText {

    /** How many characters are kept in any case. */
    private static final int BEGINNING = 168;

    private static final int LONGEST = BEGINNING + 32;

    static final int MOST_READ = 1_000;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{32}$");

    /** Of a byte in UTF-8 that goes on with a character. */
    private static final int KIND = 0b1100_0000;

    private static final int GOES_ON = 0b1000_0000;

    private LongText() {}

    /** Whether it stands whole at the beginning of each text that begins with it. */
    public static boolean isBeginning(String text) {
        return text.length() <= BEGINNING;
    }

    /** Whether a value may be a shortened text. */
    public static boolean isShortened(@Nullable Object value) {
        return value instanceof String text
                && text.length() >= LONGEST
                && text.codePointCount(0, text.length()) == LONGEST
                && HASH.matcher(text).find();
    }

    public static String shortened(String text) {
        return new String(shortened(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    /**
     * What is read of a text to be counted or grouped: as it is, unless it has more than {@link #MOST_READ} bytes. It may have so
     * many that a few of them would fill the memory.
     */
    static SqlFragment bounded(SqlFragment text) {
        return cut(sql("octet_length({}) > " + MOST_READ, text), text);
    }

    static SqlFragment shortened(SqlFragment text) {
        return cut(sql("length({}) > " + LONGEST, text), text);
    }

    private static SqlFragment cut(SqlFragment isTooLong, SqlFragment text) {
        return sql("case when {} then left({}, " + BEGINNING + ") || md5({}) else {} end", isTooLong, text, text, text);
    }

    /** The same of a text in UTF-8. */
    static byte[] shortened(byte[] text) {
        if (text.length <= LONGEST || end(text, LONGEST) == text.length) {
            return text;
        }
        int end = end(text, BEGINNING);
        var hash = DigestUtils.md5Hex(text).getBytes(StandardCharsets.US_ASCII);
        var shortened = Arrays.copyOf(text, end + hash.length);
        System.arraycopy(hash, 0, shortened, end, hash.length);
        return shortened;
    }

    /** Where so many characters end, or the text does. */
    private static int end(byte[] text, int characters) {
        int begun = 0;
        for (int i = 0; i < text.length; i++) {
            if ((text[i] & KIND) != GOES_ON && ++begun > characters) {
                return i;
            }
        }
        return text.length;
    }
}
