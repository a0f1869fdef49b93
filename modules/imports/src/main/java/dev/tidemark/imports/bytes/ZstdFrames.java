package dev.tidemark.imports.bytes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The frames of zstd (RFC 8878) without those that hold no content, which the inflating stream does not know: {@code pzstd} writes
 * one before each frame, and the seekable format one at the end. What is no frame passes as it is, for the inflating stream to refuse.
 */
final class ZstdFrames extends InputStream {

    private static final int FRAME = 0xFD2FB528;

    /** Sixteen numbers, of which the lowest four bits are free. */
    private static final int SKIPPABLE = 0x184D2A50;

    private static final Pattern START = Pattern.compile("28b52ffd|5.2a4d18");
    private static final int[] BYTES_OF_DICTIONARY = {0, 1, 2, 4};
    private static final int[] BYTES_OF_SIZE = {0, 2, 4, 8};
    private static final int CHECKSUM = 4;

    private final InputStream bytes;
    private InputStream read = InputStream.nullInputStream();
    private long unread;
    private boolean isWithin;
    private boolean hasChecksum;

    ZstdFrames(InputStream bytes) {
        this.bytes = bytes;
    }

    /** @param start the first four bytes, in hexadecimal */
    static boolean areBegunBy(String start) {
        return START.matcher(start).matches();
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (read.available() == 0 && unread == 0) {
            if (!(isWithin ? block() : frame())) {
                return -1;
            }
        }
        if (read.available() > 0) {
            return read.read(target, offset, length);
        }
        var count = bytes.read(target, offset, (int) Math.min(length, unread));
        unread = count < 0 ? 0 : unread - count;
        return count;
    }

    /** Of a frame all before its first block; empty: there is no other. */
    private boolean frame() throws IOException {
        var start = bytes.readNBytes(Integer.BYTES);
        while (start.length == Integer.BYTES && (number(start) & ~0xF) == SKIPPABLE) {
            bytes.skipNBytes(Integer.toUnsignedLong(number(bytes.readNBytes(Integer.BYTES))));
            start = bytes.readNBytes(Integer.BYTES);
        }
        if (start.length < Integer.BYTES || number(start) != FRAME) {
            pass(start, Long.MAX_VALUE);
            return start.length > 0;
        }
        var descriptor = bytes.readNBytes(1);
        isWithin = descriptor.length == 1;
        pass(joined(start, descriptor), isWithin ? header(descriptor[0]) : 0);
        return true;
    }

    /** How long the rest of a frame's header is. */
    private int header(int descriptor) {
        var isSingleSegment = (descriptor & 0b10_0000) != 0;
        hasChecksum = (descriptor & 0b100) != 0;
        var size = BYTES_OF_SIZE[descriptor >> 6 & 0b11];
        return BYTES_OF_DICTIONARY[descriptor & 0b11] + (isSingleSegment ? Math.max(size, 1) : 1 + size);
    }

    private boolean block() throws IOException {
        var header = bytes.readNBytes(3);
        var block = number(header);
        var isLast = (block & 0b1) != 0;
        var isRepeatedByte = (block >> 1 & 0b11) == 1;
        isWithin = !isLast;
        pass(header, (isRepeatedByte ? 1 : block >> 3) + (isLast && hasChecksum ? CHECKSUM : 0));
        return header.length > 0;
    }

    private void pass(byte[] head, long rest) {
        read = new ByteArrayInputStream(head);
        unread = rest;
    }

    /** The lowest byte comes first. */
    private static int number(byte[] bytes) {
        var number = 0;
        for (int i = 0; i < bytes.length; i++) {
            number |= (bytes[i] & 0xFF) << (8 * i);
        }
        return number;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        var both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
