package dev.tidemark.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.RequestException;
import io.helidon.http.Status;

/**
 * Reads a connection, and refuses what the web server would gather in memory before anybody can look at it: a chunk of a
 * chunked body, and the line with its size, have no limit there.
 */
final class BoundedReader extends DataReader {

    private static final int LARGEST_CHUNK = 1 << 20;
    private static final int LONGEST_LINE = 1 << 16;

    private final ClientConnection connection;

    BoundedReader(ClientConnection connection) {
        super(connection::next);
        this.connection = connection;
    }

    @Override
    public BufferData readBuffer(int length) {
        if (length > LARGEST_CHUNK) {
            throw tooLarge("A chunk of a request has at most " + LARGEST_CHUNK + " bytes: send smaller ones.");
        }
        return super.readBuffer(length);
    }

    @Override
    public String readLine() {
        if (findNewLine(LONGEST_LINE) == LONGEST_LINE) {
            throw tooLarge("A line of the request is too long.");
        }
        return super.readLine();
    }

    /** Where it would go on is not known then. */
    private RequestException tooLarge(String sentence) {
        connection.readAtMost(0);
        return RequestException.builder()
                .type(EventType.BAD_REQUEST)
                .status(Status.REQUEST_ENTITY_TOO_LARGE_413)
                .setKeepAlive(false)
                .message(sentence)
                .safeMessage(true)
                .build();
    }
}
