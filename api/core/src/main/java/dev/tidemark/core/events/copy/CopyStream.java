package dev.tidemark.core.events.copy;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.postgresql.copy.CopyIn;

/** One binary COPY: gathers small pieces, since each message costs as much as thousands of bytes. */
public final class CopyStream implements AutoCloseable {

    private static final int SMALL = 4 * 1024;
    private static final int CHUNK = 64 * 1024;
    private static final byte[] SIGNATURE = "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int END = -1;

    private final CopyIn copy;
    private final BinaryBuffer chunk = new BinaryBuffer(SMALL);

    public CopyStream(CopyIn copy) {
        this.copy = copy;
        chunk.putBytes(SIGNATURE);
        chunk.putInt(0);
        chunk.putInt(0);
    }

    public void write(byte[] bytes, int offset, int length) throws SQLException {
        if (chunk.size() + length > CHUNK) {
            flush();
        }
        if (length > CHUNK) {
            copy.writeToCopy(bytes, offset, length);
        } else {
            chunk.put(bytes, offset, length);
        }
    }

    public long end() throws SQLException {
        chunk.putShort(END);
        flush();
        return copy.endCopy();
    }

    /** Without an end, nothing was copied and the connection can go on. */
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }

    private void flush() throws SQLException {
        copy.writeToCopy(chunk.bytes(), 0, chunk.size());
        chunk.clear();
    }
}
