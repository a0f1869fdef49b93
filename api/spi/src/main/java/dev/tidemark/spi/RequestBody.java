package dev.tidemark.spi;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * What a request carries, inflated, and no more of it than its reader can take: a small gzip may hold gigabytes. Gzip is
 * known by its first two bytes, because not every sender says in {@code Content-Encoding} what it sends.
 */
public final class RequestBody extends InputStream {

    private static final int FIRST_OF_GZIP = 0x1f;
    private static final int SECOND_OF_GZIP = 0x8b;
    private static final String PLAIN = "identity";
    private static final long MOST_DISCARDED = 32L << 20;

    private final InputStream sent;
    private final InputStream inflated;
    private final int most;
    private final RequestMemory memory;
    private int count;

    private RequestBody(InputStream sent, InputStream inflated, int most, RequestMemory memory) {
        this.sent = sent;
        this.inflated = inflated;
        this.most = most;
        this.memory = memory;
    }

    /**
     * The body of a request. Reading it throws {@link CallerException}: {@code PAYLOAD_TOO_LARGE} beyond the limit, and
     * {@code BAD_USER_INPUT} where the gzip is broken.
     *
     * <p>What is read is taken from the request's {@link RequestMemory}.
     *
     * @param most so many bytes, after inflation
     *
     * @throws CallerException {@code UNSUPPORTED_MEDIA_TYPE} for another encoding than gzip
     */
    public static RequestBody of(ServerRequest request, int most) {
        requireEncoding(request, "gzip");
        var content = request.content();
        return of(content.hasEntity() ? content.inputStream() : nullInputStream(), most);
    }

    /**
     * Refuses a body that says it is compressed otherwise. Names are those of RFC 9110: whatever their letters, and {@code x-gzip}
     * is gzip.
     *
     * @param compressed what the reader can inflate
     * @throws CallerException {@code UNSUPPORTED_MEDIA_TYPE}, which names what is taken
     */
    public static void requireEncoding(ServerRequest request, String... compressed) {
        var named = request.headers().first(HeaderNames.CONTENT_ENCODING).orElse(PLAIN);
        var encoding = named.strip().toLowerCase(Locale.ROOT);
        var known = encoding.equals("x-gzip") ? "gzip" : encoding;
        if (!known.equals(PLAIN) && !List.of(compressed).contains(known)) {
            throw new CallerException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Encoding: " + named + " cannot be read here: send the body plain, or compressed with "
                            + String.join(" or ", compressed) + ".");
        }
    }

    /** The body of bytes that came another way, such as in a form. */
    public static RequestBody of(InputStream sent, int most) {
        try {
            var input = new PushbackInputStream(sent, 2);
            var start = input.readNBytes(2);
            input.unread(start);
            return new RequestBody(
                    sent, isGzip(start) ? new GZIPInputStream(input) : input, most, RequestMemory.current());
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        try {
            var read = inflated.read(bytes, offset, length);
            count += Math.max(0, read);
            memory.take(Math.max(0, read));
            if (count > most) {
                throw new CallerException(
                        ErrorCode.PAYLOAD_TOO_LARGE, "A request may carry " + most + " bytes: send it in parts.");
            }
            return read;
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /**
     * Reads what is left of a body, 32 MB at most: a connection that is closed while its client still sends is reset, and the
     * client may never get to read why.
     */
    public static void discard(InputStream sent) throws IOException {
        sent.skip(MOST_DISCARDED);
    }

    /** Discards what was not read. */
    @Override
    public void close() {
        try {
            discard(sent);
            inflated.close();
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    private static boolean isGzip(byte[] start) {
        return start.length == 2 && (start[0] & 0xFF) == FIRST_OF_GZIP && (start[1] & 0xFF) == SECOND_OF_GZIP;
    }

    private static RuntimeException refusal(IOException e) {
        return e instanceof ZipException || e instanceof EOFException
                ? new CallerException(ErrorCode.BAD_USER_INPUT, "The gzip of the body is broken or cut off.")
                : new UncheckedIOException(e);
    }
}
