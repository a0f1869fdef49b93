package dev.tidemark.rollups.definition;

import static dev.tidemark.spi.SqlFragment.joined;
import static dev.tidemark.spi.SqlFragment.sql;

import dev.tidemark.spi.SqlFragment;
import java.util.List;

/**
 * Some of the groups of buckets, by a hash of their dimensions: those of one of several shares, which are about alike where groups are
 * many.
 *
 * @param number which, from 0 on
 * @param of how many shares there are: a power of two
 */
public record Share(int number, int of) {

    /** All groups. */
    public static final Share WHOLE = new Share(0, 1);

    private static final int MOST = 1_024;

    /**
     * One of as many as it takes for each to have about so many events.
     *
     * @param groups how many there are: one alone is not divided
     * @param events of all groups together
     * @param most events of a share, about
     * @param place which: from 0, the first, to 1, the last
     */
    public static Share of(long groups, long events, int most, double place) {
        var wanted = Math.clamp(Math.min(groups, events / most), 1, MOST);
        var of = Integer.highestOneBit(2 * wanted - 1);
        return new Share((int) Math.min(place * of, of - 1), of);
    }

    /**
     * Whether a group is one of them.
     *
     * @param dimensions of the group, in their order, of the types that the rollup's columns have
     */
    public SqlFragment has(List<SqlFragment> dimensions) {
        return of == 1
                ? sql("true")
                : sql(
                        "hash_record_extended(row({}), 0) & {} = {}",
                        joined(", ", dimensions),
                        SqlFragment.number(of - 1),
                        SqlFragment.number(number));
    }
}
