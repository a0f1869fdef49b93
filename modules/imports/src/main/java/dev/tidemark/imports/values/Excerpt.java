package dev.tidemark.imports.values;

/** The beginning of a text, for a message. */
public final class Excerpt {

    private Excerpt() {}

    /** @param most characters of it */
    public static String of(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }
}
