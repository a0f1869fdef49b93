package dev.tidemark.rollups.rows;

/** How many rows may be in memory at a time, when the database gives them. */
final class Fetch {

    /** The server takes a few more at once, by default, and gives up what has more. */
    private static final long BYTES = 12 << 20;

    private static final int MOST = 10_000;

    private Fetch() {}

    /** @param width how many bytes a row may have */
    static int rows(long width) {
        return Math.clamp(BYTES / width, 1, MOST);
    }
}
