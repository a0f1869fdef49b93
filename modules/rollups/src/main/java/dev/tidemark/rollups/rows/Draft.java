package dev.tidemark.rollups.rows;

import dev.tidemark.rollups.sketches.Sketch;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be merged into one row of a rollup.
 *
 * @param key the row's {@code _key}
 * @param values of {@link RollupTable#columns}
 * @param sketches of {@link Rollup#sketches}, to which more may be added
 */
record Draft(Instant time, UUID key, List<@Nullable Object> values, List<Sketch> sketches) {

    /** That of the table's key, in which PostgreSQL adds rows to an index quickest. Its bytes have no sign. */
    static int order(Draft one, Draft other) {
        var byTime = one.time.compareTo(other.time);
        if (byTime != 0) {
            return byTime;
        }
        var byHighBits = Long.compareUnsigned(one.key.getMostSignificantBits(), other.key.getMostSignificantBits());
        return byHighBits != 0
                ? byHighBits
                : Long.compareUnsigned(one.key.getLeastSignificantBits(), other.key.getLeastSignificantBits());
    }
}
