package dev.tidemark.rollups.sketches;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How many different hashes there are: all of them while they are few, then registers (Flajolet, Fusy, Gandouet, Meunier, 2007).
 *
 * <p>What is stored is that of the PostgreSQL extension postgresql-hll ("HLL Storage Specification" v1.0.0) with log2m 11,
 * regwidth 5, expthresh -1 and sparseon 1, and so are the thresholds and the estimate. What is stored depends on the hashes
 * alone, not on the order in which they came.
 */
final class HyperLogLog {

    static final int LOG2M = 11;
    private static final int REGISTERS = 1 << LOG2M;
    private static final int REGISTER_WIDTH = 5;
    private static final int REGISTER_MASK = (1 << REGISTER_WIDTH) - 1;

    /** So that the first one bit is never beyond what a register can say. */
    private static final long LAST_BIT = 1L << (REGISTER_MASK - 1);

    private static final int HEADER = 3;
    private static final int VERSION = 1 << 4;
    private static final byte PARAMETERS = (byte) (((REGISTER_WIDTH - 1) << 5) | LOG2M);
    private static final byte AUTOMATIC_AND_SPARSE = 0x7f;
    private static final int EMPTY = 1;
    private static final int EXPLICIT = 2;
    private static final int SPARSE = 3;
    private static final int FULL = 4;

    /** Eight registers are five bytes. */
    private static final int PACK = 8;

    private static final int FULL_BYTES = REGISTERS * REGISTER_WIDTH / Byte.SIZE;
    private static final int MOST_EXPLICIT = FULL_BYTES / Long.BYTES;
    private static final int MOST_SPARSE = 512;

    /** Bytes of {@link #toBytes}. */
    static final int LONGEST = HEADER + FULL_BYTES;

    private static final double ALPHA_M_SQUARED = 0.7213 / (1 + 1.079 / REGISTERS) * REGISTERS * REGISTERS;
    private static final double MOST_BY_ZEROES = REGISTERS * 5 / 2.0;
    private static final double HASHES = Math.scalb(1.0, REGISTER_MASK - 1 + LOG2M);

    private static final byte[] NONE = {};
    private static final int FEW = 2;

    /** Some may be there twice until they are settled. */
    private long[] hashes;

    private int size;

    /** Empty while the hashes are few. */
    private byte[] registers = NONE;

    HyperLogLog() {
        this(FEW);
    }

    /** How much memory it takes, about. */
    long bytes() {
        return (long) Long.BYTES * hashes.length + registers.length;
    }

    /** @param expected about so many hashes will be added */
    HyperLogLog(int expected) {
        this.hashes = new long[Math.clamp(expected, FEW, 2 * MOST_EXPLICIT)];
    }

    void add(long hash) {
        if (registers.length > 0) {
            register(hash);
            return;
        }
        if (size == hashes.length) {
            makeRoom();
        }
        if (registers.length > 0) {
            register(hash);
        } else {
            hashes[size++] = hash;
        }
    }

    /** @throws IllegalArgumentException when it is nothing that {@link #toBytes} makes, or the extension with these parameters */
    void merge(byte[] stored) {
        var length = stored.length - HEADER;
        if (length < 0 || (stored[0] & 0xf0) != VERSION || stored[1] != PARAMETERS) {
            throw new IllegalArgumentException("No sketch of distinct values: " + stored.length + " bytes");
        }
        var content = content(stored);
        switch (stored[0] & 0x0f) {
            case EMPTY -> require(length == 0);
            case EXPLICIT -> {
                require(length % Long.BYTES == 0);
                while (content.hasRemaining()) {
                    add(content.getLong());
                }
            }
            case SPARSE -> {
                require(length % Short.BYTES == 0);
                toRegisters();
                while (content.hasRemaining()) {
                    int word = Short.toUnsignedInt(content.getShort());
                    raise(word >>> REGISTER_WIDTH, word & REGISTER_MASK);
                }
            }
            case FULL -> {
                require(length == FULL_BYTES);
                toRegisters();
                for (int first = 0; first < REGISTERS; first += PACK) {
                    long pack = (Integer.toUnsignedLong(content.getInt()) << Byte.SIZE)
                            | Byte.toUnsignedLong(content.get());
                    for (int i = 0; i < PACK; i++) {
                        raise(first + i, (int) (pack >>> ((PACK - 1 - i) * REGISTER_WIDTH)) & REGISTER_MASK);
                    }
                }
            }
            default -> require(false);
        }
    }

    private static void require(boolean isWhole) {
        if (!isWhole) {
            throw new IllegalArgumentException("A sketch of distinct values is spoiled.");
        }
    }

    byte[] toBytes() {
        settle();
        if (registers.length == 0) {
            var bytes = stored(size == 0 ? EMPTY : EXPLICIT, size * Long.BYTES);
            var content = content(bytes);
            for (int i = 0; i < size; i++) {
                content.putLong(hashes[i]);
            }
            return bytes;
        }
        var raised = REGISTERS - zeroes();
        return raised <= MOST_SPARSE ? sparse(raised) : full();
    }

    long estimate() {
        settle();
        if (registers.length == 0) {
            return size;
        }
        double sum = 0;
        for (var register : registers) {
            sum += Math.scalb(1.0, -register);
        }
        var estimate = ALPHA_M_SQUARED / sum;
        var zeroes = zeroes();
        if (zeroes > 0 && estimate < MOST_BY_ZEROES) {
            return (long) Math.ceil(REGISTERS * Math.log((double) REGISTERS / zeroes));
        }
        return (long) Math.ceil(estimate <= HASHES / 30 ? estimate : -HASHES * Math.log(1 - estimate / HASHES));
    }

    private byte[] sparse(int raised) {
        var bytes = stored(SPARSE, raised * Short.BYTES);
        var content = content(bytes);
        for (int i = 0; i < REGISTERS; i++) {
            if (registers[i] > 0) {
                content.putShort((short) ((i << REGISTER_WIDTH) | registers[i]));
            }
        }
        return bytes;
    }

    private byte[] full() {
        var bytes = stored(FULL, FULL_BYTES);
        var content = content(bytes);
        for (int first = 0; first < REGISTERS; first += PACK) {
            long pack = 0;
            for (int i = 0; i < PACK; i++) {
                pack = (pack << REGISTER_WIDTH) | registers[first + i];
            }
            content.putInt((int) (pack >>> Byte.SIZE)).put((byte) pack);
        }
        return bytes;
    }

    /** Of a type, and without its content. */
    private static byte[] stored(int type, int length) {
        var bytes = new byte[HEADER + length];
        bytes[0] = (byte) (VERSION | type);
        bytes[1] = PARAMETERS;
        bytes[2] = AUTOMATIC_AND_SPARSE;
        return bytes;
    }

    private static ByteBuffer content(byte[] stored) {
        return ByteBuffer.wrap(stored, HEADER, stored.length - HEADER);
    }

    private void makeRoom() {
        if (hashes.length < 2 * MOST_EXPLICIT) {
            hashes = Arrays.copyOf(hashes, Math.min(2 * hashes.length, 2 * MOST_EXPLICIT));
        } else {
            settle();
        }
    }

    /** Keeps each hash once, in order, as long as they are few. */
    private void settle() {
        Arrays.sort(hashes, 0, size);
        int kept = Math.min(size, 1);
        for (int i = 1; i < size; i++) {
            if (hashes[i] != hashes[kept - 1]) {
                hashes[kept++] = hashes[i];
            }
        }
        size = kept;
        if (size > MOST_EXPLICIT) {
            toRegisters();
        }
    }

    private void toRegisters() {
        if (registers.length == 0) {
            registers = new byte[REGISTERS];
            for (int i = 0; i < size; i++) {
                register(hashes[i]);
            }
            size = 0;
            hashes = new long[0];
        }
    }

    /** The lowest bits say which register, the first one bit of the others how high. */
    private void register(long hash) {
        var rest = hash >>> LOG2M;
        if (rest != 0) {
            raise((int) hash & (REGISTERS - 1), 1 + Long.numberOfTrailingZeros(rest | LAST_BIT));
        }
    }

    private void raise(int register, int value) {
        if (registers[register] < value) {
            registers[register] = (byte) value;
        }
    }

    private int zeroes() {
        int zeroes = 0;
        for (var register : registers) {
            zeroes += register == 0 ? 1 : 0;
        }
        return zeroes;
    }
}
