package dev.tidemark.rollups.rows;

import dev.tidemark.rollups.sketches.Sketch;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is to be merged into one row of a rollup.
 *
 * @param content made when it is asked for, each time anew: there may be a hundred thousand drafts at a time, which would fill
 *     the memory
 */
record Draft(RowPlace place, Supplier<Content> content) {

    /**
     * What stands in the row.
     *
     * @param values of {@link RollupTable#columns}
     * @param sketches of {@link Rollup#sketches}, to which more may be added
     */
    record Content(List<@Nullable Object> values, List<Sketch> sketches) {}

    Instant time() {
        return place.time();
    }

    UUID key() {
        return place.key();
    }
}
