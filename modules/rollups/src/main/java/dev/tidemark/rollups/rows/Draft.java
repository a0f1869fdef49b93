package dev.tidemark.rollups.rows;

import dev.tidemark.rollups.sketches.Sketch;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be merged into one row of a rollup.
 *
 * @param values of {@link RollupTable#columns}
 * @param sketches of {@link Rollup#sketches}, to which more may be added
 */
record Draft(RowPlace place, List<@Nullable Object> values, List<Sketch> sketches) {

    Instant time() {
        return place.time();
    }

    UUID key() {
        return place.key();
    }
}
