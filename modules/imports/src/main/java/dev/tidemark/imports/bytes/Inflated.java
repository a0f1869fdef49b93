package dev.tidemark.imports.bytes;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The bytes of a file, inflated as they arrive. How it is compressed is seen by its first bytes, whatever it is called. A few
 * bytes may inflate to gigabytes, so nothing is kept: gzip needs 32 KB, zstd the window of its frame, which may be 8 MB.
 */
public final class Inflated extends InputStream {

    private static final int START = 4;

    private final InputStream bytes;
    private final String compression;
    private Optional<BrokenFileException> fault = Optional.empty();

    private Inflated(InputStream bytes, String compression) {
        this.bytes = bytes;
        this.compression = compression;
    }

    /** @throws CallerException when it is an archive, or compressed in another way */
    public static InputStream of(InputStream sent) {
        try {
            var received = new Received(sent);
            var start = received.readNBytes(START);
            var input = new SequenceInputStream(new ByteArrayInputStream(start), received);
            return of(input, HexFormat.of().formatHex(start));
        } catch (IOException e) {
            throw new BrokenFileException("its gzip is broken or cut off", e);
        }
    }

    private static InputStream of(InputStream input, String start) throws IOException {
        if (start.startsWith("1f8b")) {
            return new Inflated(
                    GzipCompressorInputStream.builder()
                            .setInputStream(input)
                            .setDecompressConcatenated(true)
                            .get(),
                    "gzip");
        }
        if (ZstdFrames.areBegunBy(start)) {
            return new Inflated(new ZstdInputStream(new ZstdFrames(input)), "zstd");
        }
        return switch (start) {
            case "504b0304" -> throw refusal("a zip archive or a workbook: unpack it, or save it as CSV");
            case "fd377a58" -> throw refusal("compressed with xz: take gzip or zstd");
            case "425a6839" -> throw refusal("compressed with bzip2: take gzip or zstd");
            default -> input;
        };
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        fault.ifPresent(found -> {
            throw found;
        });
        try {
            return bytes.read(target, offset, length);
        } catch (IOException | MalformedInputException | IllegalStateException | IndexOutOfBoundsException e) {
            var found = new BrokenFileException("its " + compression + " is broken or cut off" + detail(e), e);
            fault = Optional.of(found);
            throw found;
        }
    }

    private static String detail(Exception e) {
        return e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
    }

    private static CallerException refusal(String what) {
        return new CallerException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The file is " + what + ".");
    }

    /** Keeps a fault of the connection apart from one of the file. */
    private static final class Received extends FilterInputStream {

        Received(InputStream sent) {
            super(sent);
        }

        @Override
        public int read() {
            try {
                return super.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            try {
                return super.read(target, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
