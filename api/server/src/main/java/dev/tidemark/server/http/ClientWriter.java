package dev.tidemark.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.webserver.CloseConnectionException;
import java.io.UncheckedIOException;

/** Writes to a client, and ends the connection with one who has gone: wherever it is thrown, that is no fault of ours. */
record ClientWriter(DataWriter connection) implements DataWriter {

    @Override
    public void write(BufferData... buffers) {
        attempt(() -> connection.write(buffers));
    }

    @Override
    public void write(BufferData buffer) {
        attempt(() -> connection.write(buffer));
    }

    @Override
    public void writeNow(BufferData... buffers) {
        attempt(() -> connection.writeNow(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
        attempt(() -> connection.writeNow(buffer));
    }

    private static void attempt(Runnable writing) {
        try {
            writing.run();
        } catch (UncheckedIOException e) {
            throw new CloseConnectionException("The client has gone.", e);
        }
    }
}
