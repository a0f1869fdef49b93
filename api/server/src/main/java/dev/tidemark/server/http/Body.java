package dev.tidemark.server.http;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.RequestMemory;
import io.helidon.http.BadRequestException;
import io.helidon.http.HttpMediaType;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;

/** The body of a request, as far as it may be held in memory. */
final class Body {

    private Body() {}

    /**
     * All of it.
     *
     * @param type refuses a media type, before anything is read
     * @throws CallerException {@code PAYLOAD_TOO_LARGE}
     */
    static byte[] read(ServerRequest request, int largest, Consumer<Optional<HttpMediaType>> type) {
        type.accept(mediaType(request));
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try (var input = request.content().inputStream()) {
            var body = input.readNBytes(largest);
            request.context().get(RequestMemory.class).ifPresent(memory -> memory.take(body.length));
            if (input.read() >= 0) {
                discard(input, largest);
                throw new CallerException(
                        ErrorCode.PAYLOAD_TOO_LARGE,
                        "The body is larger than " + largest + " bytes: ask for less at once.");
            }
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<HttpMediaType> mediaType(ServerRequest request) {
        try {
            return request.headers().contentType();
        } catch (IllegalArgumentException | BadRequestException e) {
            return Optional.empty();
        }
    }

    /** A client that still sends when the connection is closed never gets to read why. */
    private static void discard(InputStream input, int most) throws IOException {
        var buffer = new byte[1 << 14];
        var left = most;
        for (int count = input.read(buffer); count > 0 && left > 0; count = input.read(buffer)) {
            left -= count;
        }
    }
}
