package dev.tidemark.imports.bytes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Text of another encoding as UTF-8. What has no meaning becomes a byte that is none in UTF-8 either. */
public final class Utf8 extends InputStream {

    private static final byte MEANINGLESS = (byte) 0xFF;
    private static final int BUFFER = 8 * 1024;
    private static final int LONGEST_MARK = 4;

    private final InputStream input;
    private final CharsetDecoder decoder;
    private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    private final ByteBuffer read = ByteBuffer.allocate(BUFFER).flip();
    private final CharBuffer characters = CharBuffer.allocate(BUFFER);
    private final ByteBuffer written = ByteBuffer.allocate(3 * BUFFER + 1).flip();
    private boolean isWhole;
    private boolean ended;

    private Utf8(InputStream input, Charset charset) {
        this.input = input;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /**
     * The text in UTF-8, without byte order mark.
     *
     * @param charset what the sender says; a byte order mark knows better
     */
    public static InputStream of(InputStream bytes, Optional<Charset> charset) {
        try {
            var start = bytes.readNBytes(LONGEST_MARK);
            var marked = marks().entrySet().stream()
                    .filter(mark -> startsWith(start, mark.getValue()))
                    .findFirst();
            var length = marked.map(mark -> mark.getValue().length).orElse(0);
            var input = new SequenceInputStream(new ByteArrayInputStream(start, length, start.length - length), bytes);
            var encoding = marked.map(Map.Entry::getKey).or(() -> charset).orElse(StandardCharsets.UTF_8);
            return encoding.equals(StandardCharsets.UTF_8) ? input : new Utf8(input, encoding);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The longer ones first: that of UTF-16 begins that of UTF-32. */
    private static Map<Charset, byte[]> marks() {
        Map<Charset, byte[]> marks = new LinkedHashMap<>();
        marks.put(StandardCharsets.UTF_32LE, new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 0});
        marks.put(StandardCharsets.UTF_32BE, new byte[] {0, 0, (byte) 0xFE, (byte) 0xFF});
        marks.put(StandardCharsets.UTF_8, new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
        marks.put(StandardCharsets.UTF_16LE, new byte[] {(byte) 0xFF, (byte) 0xFE});
        marks.put(StandardCharsets.UTF_16BE, new byte[] {(byte) 0xFE, (byte) 0xFF});
        return marks;
    }

    private static boolean startsWith(byte[] start, byte[] mark) {
        return start.length >= mark.length && Arrays.equals(start, 0, mark.length, mark, 0, mark.length);
    }

    @Override
    public int read() throws IOException {
        return fill() ? written.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (!fill()) {
            return -1;
        }
        var count = Math.min(length, written.remaining());
        written.get(target, offset, count);
        return count;
    }

    private boolean fill() throws IOException {
        while (!written.hasRemaining() && !ended) {
            written.clear();
            transcode();
            written.flip();
        }
        return written.hasRemaining();
    }

    private void transcode() throws IOException {
        characters.clear();
        var result = decoder.decode(read, characters, isWhole);
        encoder.encode(characters.flip(), written, false);
        if (result.isError()) {
            written.put(MEANINGLESS);
            read.position(read.position() + result.length());
        } else if (isWhole) {
            ended = true;
        } else {
            readOn();
        }
    }

    private void readOn() throws IOException {
        read.compact();
        var count = input.read(read.array(), read.position(), read.remaining());
        isWhole = count < 0;
        read.position(read.position() + Math.max(0, count)).flip();
    }
}
