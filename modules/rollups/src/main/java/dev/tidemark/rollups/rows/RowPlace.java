package dev.tidemark.rollups.rows;

import java.time.Instant;
import java.util.UUID;

/**
 * Where a row stands among those of its rollup: in the order of the table's key, in which PostgreSQL adds rows to an index quickest.
 *
 * @param key the row's {@code _key}, whose bytes have no sign
 */
record RowPlace(Instant time, UUID key) implements Comparable<RowPlace> {

    @Override
    public int compareTo(RowPlace other) {
        var byTime = time.compareTo(other.time);
        if (byTime != 0) {
            return byTime;
        }
        var byHighBits = Long.compareUnsigned(key.getMostSignificantBits(), other.key.getMostSignificantBits());
        return byHighBits != 0
                ? byHighBits
                : Long.compareUnsigned(key.getLeastSignificantBits(), other.key.getLeastSignificantBits());
    }
}
