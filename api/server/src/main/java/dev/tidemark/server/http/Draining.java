package dev.tidemark.server.http;

import dev.tidemark.spi.ErrorCode;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;

/** Once the server stops, ends kept-alive connections: what runs is finished, what would begin is refused. */
final class Draining implements Filter {

    private volatile boolean isStopping;

    void begin() {
        isStopping = true;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (!isStopping) {
            chain.proceed();
            if (isStopping) {
                throw new CloseConnectionException("The server stops.");
            }
            return;
        }
        response.header(HeaderValues.CONNECTION_CLOSE);
        Problem.of(ErrorCode.UNAVAILABLE, "The server stops: send it again in a moment.", List.of())
                .send(response);
    }
}
