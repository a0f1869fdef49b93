package dev.tidemark.rollups;

import java.time.Duration;

/**
 * How long rollups may be behind. While much comes in they wait, since a row is read and written once for all events that have
 * come for it by then; questions count what waits.
 *
 * @param events so many wait at most, about, and are rolled up in one transaction
 * @param pause when nothing has come for that long, all are rolled up
 * @param age so long the oldest commit waits at most
 */
record Patience(int events, Duration pause, Duration age) {

    private static final Duration LONGEST = Duration.ofSeconds(3);

    /** @param every how often it is looked for what has come */
    static Patience of(int events, Duration every) {
        return new Patience(events, every.dividedBy(10), LONGEST);
    }
}
