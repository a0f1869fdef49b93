package dev.tidemark.core.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Counts the lines of a UTF-8 text, and the characters of the last one, eight bytes at a time where it can. */
final class TextPlace {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = ONES << 7;
    private static final long NEW_LINES = ONES * '\n';

    private long line = 1;
    private long column = 0;

    /** From 1. */
    long line() {
        return line;
    }

    /** How many characters of the line were counted. */
    long column() {
        return column;
    }

    void count(byte[] text, int from, int to) {
        var i = from;
        while (to - i >= Long.BYTES) {
            var eight = (long) EIGHT.get(text, i);
            if (hasNewLine(eight)) {
                countEach(text, i, i + Long.BYTES);
            } else {
                column += Long.BYTES - continuations(eight);
            }
            i += Long.BYTES;
        }
        countEach(text, i, to);
    }

    private void countEach(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] == '\n') {
                line++;
                column = 0;
            } else if ((text[i] & 0xC0) != 0x80) {
                column++;
            }
        }
    }

    /** A byte that is equal is zero after the xor, and only a zero borrows from its own high bit. */
    private static boolean hasNewLine(long eight) {
        var difference = eight ^ NEW_LINES;
        return (difference - ONES & ~difference & HIGH_BITS) != 0;
    }

    /** Bytes that go on with a character begin with the bits 10. */
    private static int continuations(long eight) {
        return Long.bitCount(eight & ~(eight << 1) & HIGH_BITS);
    }
}
