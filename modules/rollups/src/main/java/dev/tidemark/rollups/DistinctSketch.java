package dev.tidemark.rollups;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.agkn.hll.HLL;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * How many different values there are, by HyperLogLog (Flajolet, Fusy, Gandouet, Meunier 2007), in the storage format of the
 * PostgreSQL extension postgresql-hll with log2m 11 and regwidth 5, and with its hashes: {@code hll_hash_bigint} of whole
 * numbers, {@code hll_hash_text} of text. So SQL with the extension can unite what is stored with what it makes itself.
 * Merging is exact: in any order it gives the sketch of all values.
 */
final class DistinctSketch implements Sketch {

    /** The standard error, relative: 1.04 divided by the root of the number of registers. */
    static final double ERROR = 1.04 / Math.sqrt(2048);

    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LOG2M = 11;
    private static final int REGISTER_WIDTH = 5;

    private final HLL registers = new HLL(LOG2M, REGISTER_WIDTH);

    @Override
    public void add(Object value) {
        var bytes = value instanceof Long number
                ? littleEndian(number)
                : value.toString().getBytes(StandardCharsets.UTF_8);
        registers.addRaw(MurmurHash3.hash128x64(bytes, 0, bytes.length, 0)[0]);
    }

    private static byte[] littleEndian(long number) {
        var bytes = new byte[Long.BYTES];
        LITTLE_ENDIAN.set(bytes, 0, number);
        return bytes;
    }

    @Override
    public void merge(Object stored) {
        registers.union(HLL.fromBytes((byte[]) stored));
    }

    @Override
    public byte[] stored() {
        return registers.toBytes();
    }

    @Override
    public boolean agrees(Object stored) {
        return Arrays.equals(stored(), (byte[]) stored);
    }

    long distinct() {
        return registers.cardinality();
    }
}
