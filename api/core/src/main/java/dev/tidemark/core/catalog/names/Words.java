package dev.tidemark.core.catalog.names;

import java.text.Normalizer;

/**
 * The words of a label.
 *
 * @param joined in lower case, by underscores
 * @param onlyWords whether there is nothing else in the label than words and what usually separates them
 */
record Words(String joined, boolean onlyWords) {

    static Words of(String label) {
        var joined = new StringBuilder(label.length() + 4);
        var onlyWords = true;
        var pause = false;
        int before = 0;
        int width;
        for (int i = 0; i < label.length(); i += width) {
            var at = label.codePointAt(i);
            width = Character.charCount(at);
            if (!isWord(at, before)) {
                onlyWords &= separates(at);
                pause = true;
                before = 0;
                continue;
            }
            var next = i + width < label.length() ? label.codePointAt(i + width) : 0;
            if (!joined.isEmpty() && (pause || changesCase(before, at, next))) {
                joined.append('_');
            }
            joined.appendCodePoint(Character.toLowerCase(at));
            pause = false;
            before = at;
        }
        return new Words(Normalizer.normalize(joined, Normalizer.Form.NFC), onlyWords);
    }

    private static boolean separates(int c) {
        return "_-./:".indexOf(c) >= 0 || Character.isSpaceChar(c);
    }

    /** A letter or digit; many scripts write vowels as marks on the letter before. */
    private static boolean isWord(int c, int before) {
        if (Labels.isInvisible(c)) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> before != 0;
            default -> Character.isLetterOrDigit(c);
        };
    }

    /** Between "order" and "Total", and between "HTTP" and "Status". */
    private static boolean changesCase(int before, int at, int next) {
        if (!isUpper(at)) {
            return false;
        }
        return Character.isLowerCase(before)
                || Character.isDigit(before)
                || (isUpper(before) && Character.isLowerCase(next));
    }

    private static boolean isUpper(int c) {
        return Character.isUpperCase(c) || Character.isTitleCase(c);
    }
}
