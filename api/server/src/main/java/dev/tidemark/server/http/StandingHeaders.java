package dev.tidemark.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Set;

/**
 * Headers of every answer, and CORS: pages of the listed origins may read our answers; {@code *} lists all. No cookie is ever
 * asked for or set.
 */
record StandingHeaders(Set<String> origins) implements Filter {

    private static final Header NO_SNIFFING = HeaderValues.create("X-Content-Type-Options", "nosniff");
    private static final Header METHODS =
            HeaderValues.create(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, OPTIONS");
    private static final Header HEADERS = HeaderValues.create(
            HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, X-API-Key, Tidemark-Project, Content-Type");
    private static final Header READABLE =
            HeaderValues.create(HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "Retry-After, RateLimit, RateLimit-Policy");
    private static final Header FOR_HOURS = HeaderValues.create(HeaderNames.ACCESS_CONTROL_MAX_AGE, "7200");

    StandingHeaders {
        origins = Set.copyOf(origins);
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        set(request, response);
        if (isPreflight(request) && isListed(origin(request))) {
            response.header(METHODS).header(HEADERS).header(FOR_HOURS);
            response.status(Status.NO_CONTENT_204).send();
            return;
        }
        chain.proceed();
    }

    /** The web server forgets headers when an exception becomes an answer, so they are set once more then. */
    void set(ServerRequest request, ServerResponse response) {
        response.header(NO_SNIFFING);
        if (origins.isEmpty()) {
            return;
        }
        response.headers().add(HeaderValues.create(HeaderNames.VARY, "Origin"));
        if (isListed(origin(request))) {
            response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin(request))
                    .header(READABLE);
        }
    }

    private boolean isListed(String origin) {
        return !origin.isEmpty() && (origins.contains(origin) || origins.contains("*"));
    }

    private static String origin(ServerRequest request) {
        return request.headers().first(HeaderNames.ORIGIN).orElse("");
    }

    private static boolean isPreflight(ServerRequest request) {
        return request.prologue().method().equals(Method.OPTIONS)
                && request.headers().contains(HeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    }
}
