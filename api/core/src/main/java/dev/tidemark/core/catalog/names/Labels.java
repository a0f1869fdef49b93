package dev.tidemark.core.catalog.names;

import java.util.Optional;

/** Which names of senders are names at all: what nobody could see or type again is none. */
final class Labels {

    private static final int LONGEST = 200;

    private Labels() {}

    /** The end of a sentence that begins with what is named. */
    static Optional<String> problem(String label) {
        if (label.isEmpty()) {
            return Optional.of("must not be empty.");
        }
        if (label.codePoints().allMatch(Character::isSpaceChar)) {
            return Optional.of("must not be made of blanks alone.");
        }
        if (label.length() > LONGEST) {
            return Optional.of("must not be longer than " + LONGEST + " characters.");
        }
        return label.codePoints().anyMatch(Labels::isRefused)
                ? Optional.of("must not have control, zero-width or direction characters.")
                : Optional.empty();
    }

    /** Characters of letter-like kinds that show nothing. */
    static boolean isInvisible(int c) {
        return (c >= 0xFE00 && c <= 0xFE0F)
                || (c >= 0xE0100 && c <= 0xE01EF)
                || (c >= 0x180B && c <= 0x180F)
                || c == 0x034F
                || c == 0x115F
                || c == 0x1160
                || c == 0x17B4
                || c == 0x17B5
                || c == 0x3164
                || c == 0xFFA0;
    }

    private static boolean isRefused(int c) {
        if (c >= 0x20 && c < 0x7F) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
