package dev.tidemark.exports;

import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** The body of an answer, which begins with its first bytes: until then another answer can be given. */
final class Body extends OutputStream {

    private final ServerResponse response;
    private Optional<OutputStream> begun = Optional.empty();

    Body(ServerResponse response) {
        this.response = response;
    }

    boolean isBegun() {
        return begun.isPresent();
    }

    @Override
    public void write(int b) throws IOException {
        target().write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        target().write(bytes, offset, length);
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
