package dev.tidemark.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Set;

/** Lets pages of the listed origins read our answers; {@code *} lists all. No cookie is ever asked for or set. */
record Cors(Set<String> origins) implements Filter {

    Cors {
        origins = Set.copyOf(origins);
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        var origin = request.headers().first(HeaderNames.ORIGIN).orElse("");
        if (!origins.isEmpty()) {
            response.header(HeaderNames.VARY, "Origin");
        }
        if (origin.isEmpty() || !(origins.contains(origin) || origins.contains("*"))) {
            chain.proceed();
            return;
        }
        response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        response.header(HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "Retry-After, RateLimit, RateLimit-Policy");
        if (!isPreflight(request)) {
            chain.proceed();
            return;
        }
        response.header(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, OPTIONS");
        response.header(
                HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, X-API-Key, Tidemark-Project, Content-Type");
        response.header(HeaderNames.ACCESS_CONTROL_MAX_AGE, "7200");
        response.status(Status.NO_CONTENT_204).send();
    }

    private static boolean isPreflight(RoutingRequest request) {
        return request.prologue().method().equals(Method.OPTIONS)
                && request.headers().contains(HeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    }
}
