package dev.tidemark.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads a connection, and refuses what the web server would gather in memory before anybody can look at it: a chunk of a
 * chunked body, and the line with its size, have no limit there.
 */
final class BoundedReader extends DataReader {

    private static final int LARGEST_CHUNK = 1 << 20;
    private static final int LONGEST_LINE = 1 << 16;
    private static final Predicate<String> SIZE =
            Pattern.compile("0*[0-7]?[0-9a-fA-F]{1,7}").asMatchPredicate();
    private static final Predicate<String> NOTHING = Pattern.compile("0+").asMatchPredicate();

    private final ClientConnection connection;

    /** Whether the last chunk was read, and not the line after it. */
    private boolean isAtEnd;

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

    /**
     * The web server reads so the size of a chunk, and the line after the last one. What a line says besides the size is an
     * extension, of which no recipient has to know (RFC 9112, 7.1.1).
     */
    @Override
    public String readLine() {
        if (findNewLine(LONGEST_LINE) == LONGEST_LINE) {
            throw tooLarge("A line of the request is too long.");
        }
        var line = super.readLine();
        if (isAtEnd) {
            isAtEnd = false;
            return line.isEmpty() ? line : refuse("Nothing follows the last chunk of a request but an empty line.");
        }
        var size = line.split(";", 2)[0].strip();
        isAtEnd = NOTHING.test(size);
        return SIZE.test(size) ? size : refuse("A chunk of a request begins with its size, in hexadecimal digits.");
    }

    private String refuse(String sentence) {
        throw refusal(Status.BAD_REQUEST_400, sentence);
    }

    private RequestException tooLarge(String sentence) {
        return refusal(Status.REQUEST_ENTITY_TOO_LARGE_413, sentence);
    }

    /** Where it would go on is not known then. */
    private RequestException refusal(Status status, String sentence) {
        connection.readAtMost(0);
        return RequestException.builder()
                .type(EventType.BAD_REQUEST)
                .status(status)
                .setKeepAlive(false)
                .message(sentence)
                .safeMessage(true)
                .build();
    }
}
