package dev.tidemark.core.questions;

/** What a caller gave, as a message repeats it: not endlessly. */
final class Shown {

    private static final int MOST = 60;

    private Shown() {}

    static String of(String given) {
        return given.length() <= MOST ? given : given.substring(0, MOST) + "…";
    }
}
