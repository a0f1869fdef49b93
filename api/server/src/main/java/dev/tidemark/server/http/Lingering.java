package dev.tidemark.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;

/**
 * Reads what is still sent of a request that has its answer, where the connection ends with it: TCP takes an answer back when
 * more comes in than is read (RFC 9112, 9.6), and the sender would learn that the pipe is broken instead of why. The web server
 * does so where a connection goes on.
 */
final class Lingering implements Filter {

    /** Whoever sends more than this in vain need not learn why. */
    private static final long MOST_BYTES = 64 << 20;

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        chain.proceed();
        if (response.headers().contains(HeaderValues.CONNECTION_CLOSE) && isSent(request)) {
            ClientConnection.CURRENT.get().readAtMost(MOST_BYTES);
            readOn(request);
        }
    }

    /** Who asks first whether to send it has been answered. */
    private static boolean isSent(ServerRequest request) {
        return request.content().hasEntity() && !request.headers().contains(HeaderNames.EXPECT);
    }

    private static void readOn(ServerRequest request) {
        try {
            request.content().consume();
        } catch (RuntimeException e) {
            throw new CloseConnectionException("What is left of the request cannot be read.", e);
        }
    }
}
