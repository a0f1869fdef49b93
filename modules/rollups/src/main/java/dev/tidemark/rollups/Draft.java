package dev.tidemark.rollups;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is to be merged into one row of a rollup. */
sealed interface Draft permits EventGroup, CascadeGroup {

    /** The row's time, as text. */
    String time();

    /** The row's {@code _key}. */
    UUID key();

    /** The values of {@link RollupTable#columns}, as text. */
    List<@Nullable String> values();

    /** Adds what belongs into the sketch at a place of {@link Rollup#sketches}. */
    void addTo(int place, Sketch sketch);
}
