package dev.tidemark.server.http;

import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpMediaType;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells an orchestrator how the process is.
 *
 * @param obstacle why no request can be answered now; asked anew each time
 */
public record Health(Supplier<Optional<String>> obstacle) implements HttpService {

    private static final HttpMediaType JSON = HttpMediaType.create("application/json");

    @Override
    public void routing(HttpRules rules) {
        rules.get("/live", (request, response) -> up(response)).get("/ready", this::ready);
    }

    private void ready(ServerRequest request, ServerResponse response) {
        obstacle.get().ifPresent(sentence -> {
            throw new CallerException(ErrorCode.UNAVAILABLE, sentence);
        });
        up(response);
    }

    private static void up(ServerResponse response) {
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.headers().contentType(JSON);
        response.send("{\"status\":\"up\"}".getBytes(StandardCharsets.UTF_8));
    }
}
