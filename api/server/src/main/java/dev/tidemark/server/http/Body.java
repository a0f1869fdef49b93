package dev.tidemark.server.http;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.RequestBody;
import dev.tidemark.spi.RequestMemory;
import io.helidon.http.BadRequestException;
import io.helidon.http.HttpMediaType;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;

/** The body of a request, as far as it may be held in memory. */
final class Body {

    private static final int PIECE = 8 * 1024;

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
            var body = new ByteArrayOutputStream();
            var memory = RequestMemory.current();
            for (var some = input.readNBytes(PIECE); some.length > 0; some = input.readNBytes(PIECE)) {
                if (body.size() + some.length > largest) {
                    RequestBody.discard(input);
                    throw new CallerException(
                            ErrorCode.PAYLOAD_TOO_LARGE,
                            "The body is larger than " + largest + " bytes: ask for less at once.");
                }
                memory.take(some.length);
                body.writeBytes(some);
            }
            return body.toByteArray();
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
}
