package dev.tidemark.rollups.rows;

/** How many rows may be in memory at a time, when the database gives them. */
final class Fetch {

    /** Of the heap; the server gives up what has more than a thirty-second of it at once. */
    private static final int PART = 40;

    private static final int MOST = 10_000;

    private Fetch() {}

    /** @param width how many bytes a row may have */
    static int rows(long width) {
        return Math.clamp(Runtime.getRuntime().maxMemory() / PART / width, 1, MOST);
    }
}
