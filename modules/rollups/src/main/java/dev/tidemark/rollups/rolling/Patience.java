package dev.tidemark.rollups.rolling;

import java.time.Duration;

/**
 * How long rollups may be behind. While much comes in they wait, since a row is read and written once for all events that have
 * come for it by then. Questions count what waits, and take half a microsecond or so for each event of it.
 *
 * @param events when so many wait, they are rolled up
 * @param pause when nothing has come for that long, all are rolled up
 * @param age so long the oldest commit waits at most
 */
public record Patience(int events, Duration pause, Duration age) {

    private static final int MOST = 100_000;
    private static final Duration LONGEST = Duration.ofSeconds(3);

    /**
     * @param window about so many events are rolled up in one transaction at most
     * @param every how often it is looked for what has come
     */
    public static Patience of(int window, Duration every) {
        return new Patience(Math.min(window, MOST), every.dividedBy(10), LONGEST);
    }
}
