package dev.tidemark.exports;

import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The body of an answer, which begins with its first bytes: until then another answer can be given. */
final class Body extends OutputStream {

    private static final long NONE = -1;

    private final ServerResponse response;
    private final Runnable permission;
    private final LongSupplier ticker;
    private Optional<OutputStream> begun = Optional.empty();
    private volatile long writingSince = NONE;

    /**
     * @param permission throws when no more may be written
     * @param ticker monotonic nanoseconds
     */
    Body(ServerResponse response, Runnable permission, LongSupplier ticker) {
        this.response = response;
        this.permission = permission;
        this.ticker = ticker;
    }

    boolean isBegun() {
        return begun.isPresent();
    }

    /** Whether the client has taken nothing for so long. */
    boolean isStalled(Duration patience) {
        var since = writingSince;
        return since != NONE && ticker.getAsLong() - since > patience.toNanos();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        permission.run();
        var target = target();
        writingSince = ticker.getAsLong();
        try {
            target.write(bytes, offset, length);
        } catch (IOException | RuntimeException e) {
            Thread.interrupted(); // has closed this socket, and is not to close the database's
            throw e;
        } finally {
            writingSince = NONE;
        }
    }

    @Override
    public void flush() throws IOException {
        target().flush();
    }

    /** Says that this was all. */
    @Override
    public void close() throws IOException {
        target().close();
    }

    private OutputStream target() {
        var target = begun.orElseGet(response::outputStream);
        begun = Optional.of(target);
        return target;
    }
}
