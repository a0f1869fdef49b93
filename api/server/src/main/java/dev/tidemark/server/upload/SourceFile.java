package dev.tidemark.server.upload;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/**
 * A file that is sent.
 *
 * @param rows about how many it has
 * @param fingerprint tells it from others by its name, its size, its beginning and its end
 */
public record SourceFile(Path path, long rows, String fingerprint) {

    private static final int SAMPLE = 1 << 20;
    private static final int LONGEST_NAME = 60;
    private static final int HASH_LENGTH = 16;

    public static SourceFile of(Path path) throws IOException {
        try (var channel = Files.newByteChannel(path)) {
            var size = channel.size();
            var first = bytes(channel, 0);
            var last = bytes(channel, Math.max(0, size - SAMPLE));
            return new SourceFile(
                    path, rows(inflated(first), size, first.length), fingerprint(path, size, first, last));
        }
    }

    /** The id of its import into what is called so. */
    public String importId(String destination) {
        var hash = sha256();
        hash.update(fingerprint.getBytes(StandardCharsets.UTF_8));
        hash.update(destination.getBytes(StandardCharsets.UTF_8));
        var name = path.getFileName().toString().replaceAll("[^A-Za-z0-9_.-]", "_");
        var shown = name.substring(0, Math.min(name.length(), LONGEST_NAME));
        return shown + "-" + HexFormat.of().formatHex(hash.digest()).substring(0, HASH_LENGTH);
    }

    private static byte[] bytes(SeekableByteChannel channel, long from) throws IOException {
        var buffer = ByteBuffer.allocate((int) Math.min(SAMPLE, channel.size() - from));
        channel.position(from);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // until it is full
        }
        return buffer.array();
    }

    /** @param length of the sample in the file, of {@code size} bytes */
    private static long rows(byte[] sample, long size, int length) {
        long lines = 0;
        for (var character : sample) {
            lines += character == '\n' ? 1 : 0;
        }
        return length == 0 ? 0 : Math.max(0, lines * size / length - 1);
    }

    /** The beginning of a gzip as far as it goes; anything else as it is. */
    private static byte[] inflated(byte[] first) {
        var inflated = new ByteArrayOutputStream();
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(first))) {
            gzip.transferTo(inflated);
        } catch (EOFException e) {
            return inflated.toByteArray();
        } catch (IOException e) {
            return first;
        }
        return inflated.toByteArray();
    }

    private static String fingerprint(Path path, long size, byte[] first, byte[] last) {
        var hash = sha256();
        hash.update(path.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        hash.update(ByteBuffer.allocate(Long.BYTES).putLong(size).flip());
        hash.update(first);
        hash.update(last);
        return HexFormat.of().formatHex(hash.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
