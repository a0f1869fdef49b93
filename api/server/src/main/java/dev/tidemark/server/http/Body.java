package dev.tidemark.server.http;

import dev.tidemark.spi.RequestBody;
import io.helidon.http.BadRequestException;
import io.helidon.http.HttpMediaType;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;

/** The body of a request that is held whole. */
final class Body {

    private Body() {}

    /**
     * All of it.
     *
     * @param type refuses a media type, before anything is read
     * @throws dev.tidemark.spi.CallerException as {@link RequestBody} does
     */
    static byte[] read(ServerRequest request, int largest, Consumer<Optional<HttpMediaType>> type) {
        type.accept(mediaType(request));
        try (var body = RequestBody.of(request, largest)) {
            return body.readAllBytes();
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
