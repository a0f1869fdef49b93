package dev.tidemark.rollups.sketches;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * How many different values there are, by {@link HyperLogLog} of the hashes that the PostgreSQL extension postgresql-hll makes:
 * {@code hll_hash_bigint} of whole numbers, {@code hll_hash_text} of text. So SQL with the extension can unite what is stored
 * with what it makes itself. Merging is exact: in any order it gives the sketch of all values.
 */
public final class DistinctSketch implements Sketch {

    /** The standard error, relative: 1.04 divided by the root of the number of registers. */
    public static final double ERROR = 1.04 / Math.sqrt(1 << HyperLogLog.LOG2M);

    private static final long FIRST_FACTOR = 0x87c37b91114253d5L;
    private static final long SECOND_FACTOR = 0x4cf5ad432745937fL;

    /** Of what is stored. */
    public static final long LONGEST = HyperLogLog.LONGEST;

    private final HyperLogLog hashes;

    public DistinctSketch() {
        this(new HyperLogLog());
    }

    private DistinctSketch(HyperLogLog hashes) {
        this.hashes = hashes;
    }

    /** One of some {@link #hash hashes}: those from a place on and before another. */
    public static DistinctSketch of(long[] hashes, int from, int to) {
        var all = new HyperLogLog(to - from);
        for (int i = from; i < to; i++) {
            all.add(hashes[i]);
        }
        return new DistinctSketch(all);
    }

    @Override
    public void add(Object value) {
        hashes.add(hash(value));
    }

    /** What is kept of a value. */
    public static long hash(Object value) {
        return value instanceof Long number
                ? hash(number.longValue())
                : hash(value.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The same of a number: what the library's murmur comes to of its eight bytes, the lowest first, without making these. */
    public static long hash(long number) {
        long mixed = Long.rotateLeft(number * FIRST_FACTOR, 31) * SECOND_FACTOR;
        long first = (mixed ^ Long.BYTES) + Long.BYTES;
        return spread(first) + spread(first + Long.BYTES);
    }

    /** So that each bit depends on all others. */
    private static long spread(long hash) {
        long once = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        long twice = (once ^ (once >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return twice ^ (twice >>> 33);
    }

    /** The same of a text in UTF-8. */
    public static long hash(byte[] text) {
        return MurmurHash3.hash128x64(text, 0, text.length, 0)[0];
    }

    @Override
    public void merge(Object stored) {
        hashes.merge((byte[]) stored);
    }

    @Override
    public byte[] stored() {
        return hashes.toBytes();
    }

    @Override
    public long bytes() {
        return hashes.bytes();
    }

    @Override
    public boolean agrees(Object stored) {
        return Arrays.equals(stored(), (byte[]) stored);
    }

    public long distinct() {
        return hashes.estimate();
    }
}
