package dev.tidemark.spi;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.ServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Turns the key of a request into its caller. A revoked key is refused at once, on every node. */
public interface Callers {

    HeaderName API_KEY = HeaderNames.create("X-API-Key");
    HeaderName PROJECT = HeaderNames.create("Tidemark-Project");

    /**
     * The caller by {@code Authorization: Bearer <key>} or {@code X-API-Key: <key>}; an admin key chooses its project by
     * {@code Tidemark-Project: <slug>}.
     *
     * @throws CallerException {@code UNAUTHENTICATED} when the key is missing, wrong, expired or revoked, or when there is
     *     more than one
     */
    default Caller of(ServerRequest request) {
        return of(request.headers());
    }

    /** The caller by the same headers, where they come another way. */
    default Caller of(Headers headers) {
        List<String> keys = new ArrayList<>();
        if (headers.contains(HeaderNames.AUTHORIZATION)) {
            headers.get(HeaderNames.AUTHORIZATION).allValues().forEach(value -> keys.add(bearer(value)));
        }
        if (headers.contains(API_KEY)) {
            keys.addAll(headers.get(API_KEY).allValues());
        }
        if (keys.size() != 1) {
            throw new CallerException(
                    ErrorCode.UNAUTHENTICATED, "Send one key: Authorization: Bearer <key>, or X-API-Key: <key>.");
        }
        return withKey(keys.getFirst(), headers.first(PROJECT));
    }

    /**
     * The caller by a key that came another way: as the user name of Basic authentication, in the address of a pixel, or
     * in the first message of a socket.
     *
     * @param project the project that an admin key chooses; another key may name only its own
     * @throws CallerException as {@link #of}
     */
    Caller withKey(String key, Optional<String> project);

    /**
     * Counts something that a caller does and that is no event against the limits of its key, as one event. What is sent by
     * {@link Events} with an {@link Origin} of the caller is counted by itself.
     *
     * @throws CallerException {@code RATE_LIMITED} or {@code QUOTA_EXCEEDED}, with the time to wait
     */
    void count(Caller caller);

    private static String bearer(String authorization) {
        var scheme = "bearer ";
        if (!authorization.toLowerCase(Locale.ROOT).startsWith(scheme)) {
            throw new CallerException(ErrorCode.UNAUTHENTICATED, "Send the key as Authorization: Bearer <key>.");
        }
        return authorization.substring(scheme.length()).strip();
    }
}
