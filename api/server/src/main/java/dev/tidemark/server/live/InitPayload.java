package dev.tidemark.server.live;

import dev.tidemark.server.request.RequestMembers;
import dev.tidemark.spi.Callers;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who a client says it is in {@code connection_init}: {@code authorization}, {@code x-api-key} and {@code project}, in upper or
 * lower case, since a browser cannot set headers of a socket.
 */
final class InitPayload {

    private static final Map<String, HeaderName> HEADERS = Map.of(
            "authorization", HeaderNames.AUTHORIZATION, "x-api-key", Callers.API_KEY, "project", Callers.PROJECT);

    private InitPayload() {}

    /** The headers that the payload stands for; without any, those of the upgrade. */
    static Headers credentials(Map<String, @Nullable Object> payload, Headers upgrade) {
        var headers = WritableHeaders.create();
        payload.keySet()
                .forEach(member -> HEADERS.forEach((name, header) -> {
                    if (name.equalsIgnoreCase(member)) {
                        RequestMembers.text(payload, member)
                                .ifPresent(value -> headers.add(HeaderValues.create(header, value)));
                    }
                }));
        return headers.size() == 0 ? upgrade : headers;
    }
}
