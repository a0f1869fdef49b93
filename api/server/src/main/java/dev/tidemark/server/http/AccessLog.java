package dev.tidemark.server.http;

import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

/** One line a request. Without the query: a pixel carries its key there. */
final class AccessLog implements Filter {

    private static final Logger LOG = System.getLogger("dev.tidemark.access");

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        var begun = System.nanoTime();
        try {
            chain.proceed();
        } finally {
            LOG.log(
                    Level.INFO,
                    "{0} {1} {2} {3} {4} ms",
                    request.remotePeer().host(),
                    request.prologue().method().text(),
                    request.prologue().uriPath().rawPath(),
                    response.status().code(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        }
    }
}
