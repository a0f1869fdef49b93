package dev.tidemark.core.questions.sql;

/** What a caller gave, as a message repeats it: not endlessly. */
public final class Shown {

    private static final int MOST = 60;

    private Shown() {}

    public static String of(String given) {
        return given.length() <= MOST ? given : given.substring(0, MOST) + "…";
    }
}
