package dev.tidemark.spi;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * How events reached the server.
 *
 * @param source the way they came, for the dead letters: {@code collect}, {@code import}, {@code segment} …
 * @param receivedAt when, by the server's clock
 * @param address the sender's network address
 * @param userAgent the sender's own description of itself
 * @param caller who sent them, whose limits count; empty: the server itself
 */
public record Origin(
        String source,
        Instant receivedAt,
        Optional<String> address,
        Optional<String> userAgent,
        Optional<Caller> caller) {

    /** Events of a request. */
    public static Origin of(String source, Instant receivedAt, Caller caller, ServerRequest request) {
        return new Origin(
                source,
                receivedAt,
                Optional.of(ClientAddress.of(request)),
                request.headers().first(HeaderNames.USER_AGENT),
                Optional.of(caller));
    }

    /** Events that a module makes itself. */
    public static Origin of(String source, Instant receivedAt) {
        return new Origin(source, receivedAt, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
