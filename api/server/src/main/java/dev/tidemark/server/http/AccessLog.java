package dev.tidemark.server.http;

import dev.tidemark.spi.ClientAddress;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line a request. Without the query: a pixel carries its key there. */
final class AccessLog implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        var begun = System.nanoTime();
        try {
            chain.proceed();
        } finally {
            LOG.info(
                    "{} {} {} {} {} ms",
                    ClientAddress.of(request),
                    request.prologue().method().text(),
                    request.prologue().uriPath().rawPath(),
                    response.status().code(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        }
    }
}
