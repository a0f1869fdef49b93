package dev.tidemark.rollups.sketches;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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

    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

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
        var bytes = value instanceof Long number
                ? littleEndian(number)
                : value.toString().getBytes(StandardCharsets.UTF_8);
        return MurmurHash3.hash128x64(bytes, 0, bytes.length, 0)[0];
    }

    private static byte[] littleEndian(long number) {
        var bytes = new byte[Long.BYTES];
        LITTLE_ENDIAN.set(bytes, 0, number);
        return bytes;
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
    public boolean agrees(Object stored) {
        return Arrays.equals(stored(), (byte[]) stored);
    }

    public long distinct() {
        return hashes.estimate();
    }
}
