package dev.tidemark.collect;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A body that ends with an error when it is longer than it may be. */
final class BoundedBody extends FilterInputStream {

    private final int most;
    private long taken;

    BoundedBody(InputStream body, int most) {
        super(body);
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        return counted(super.read(), 1);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        var count = super.read(bytes, offset, length);
        return counted(count, count);
    }

    @Override
    public void close() {
        try {
            super.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int counted(int result, int count) {
        taken += result < 0 ? 0 : count;
        if (taken > most) {
            throw new CallerException(
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "The body may have " + (most >> 20)
                            + " MB: send the events in several requests, or import a file.");
        }
        return result;
    }
}
