package dev.tidemark.mailbox.people;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.nio.charset.StandardCharsets;

/** The bounds of what people send. */
public final class Bounds {

    private static final int LONGEST_CUSTOMER = 500;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_TEXT = 10_000;

    private Bounds() {}

    public static String customer(String id) {
        return bounded(id, LONGEST_CUSTOMER, "customer");
    }

    /** The name of a thread, or a sender's own id. */
    public static String name(String name, String argument) {
        return bounded(name, LONGEST_NAME, argument);
    }

    /** @throws CallerException for what no message can say */
    public static String text(String text, String argument) {
        return bounded(text, LONGEST_TEXT, argument);
    }

    private static String bounded(String text, int most, String argument) {
        if (text.isBlank() || text.length() > most) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT,
                    argument + " has 1 to " + most + " characters, and not only blanks.",
                    argument);
        }
        if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT,
                    argument + " has a character that cannot be stored: U+0000, or half of a pair.",
                    argument);
        }
        return text;
    }
}
