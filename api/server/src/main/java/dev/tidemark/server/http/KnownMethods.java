package dev.tidemark.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRoute;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A service that tells which methods a path takes: {@code 405} with {@code Allow}, where the web server says {@code 404}. */
record KnownMethods(HttpService service) implements HttpService {

    private static final List<Method> ALL =
            List.of(Method.GET, Method.HEAD, Method.POST, Method.PUT, Method.PATCH, Method.DELETE, Method.OPTIONS);

    @Override
    public void routing(HttpRules rules) {
        List<HttpRoute> routes = new ArrayList<>();
        safely(() -> service.routing(new Noting(rules, routes)));
        rules.any((request, response) -> otherwise(routes, request, response));
    }

    @Override
    public void beforeStart() {
        safely(service::beforeStart);
    }

    @Override
    public void afterStop() {
        safely(service::afterStop);
    }

    /** A module's service that is at fault is not there, or not whole; the server starts and stops all the same. */
    private static void safely(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            Fault.logged(e);
        }
    }

    private static void otherwise(List<HttpRoute> routes, ServerRequest request, ServerResponse response) {
        var allowed = ALL.stream()
                .filter(method -> routes.stream()
                        .anyMatch(route -> route.accepts(asked(request, method)).accepted()))
                .map(Method::text)
                .collect(Collectors.joining(", "));
        if (allowed.isEmpty()) {
            response.next();
            return;
        }
        throw new HttpRefusal(
                Status.METHOD_NOT_ALLOWED_405,
                "METHOD_NOT_ALLOWED",
                "Nothing answers " + request.prologue().method().text() + " here: use " + allowed + ".",
                HeaderValues.create(HeaderNames.ALLOW, allowed));
    }

    private static HttpPrologue asked(ServerRequest request, Method method) {
        var prologue = request.prologue();
        return HttpPrologue.create(
                prologue.rawProtocol(),
                prologue.protocol(),
                prologue.protocolVersion(),
                method,
                request.path(),
                prologue.query(),
                prologue.fragment());
    }

    private record Noting(HttpRules rules, List<HttpRoute> routes) implements HttpRules {

        @Override
        public HttpRules register(HttpService... services) {
            rules.register(services);
            return this;
        }

        @Override
        public HttpRules register(String path, HttpService... services) {
            rules.register(path, services);
            return this;
        }

        @Override
        public HttpRules route(HttpRoute route) {
            routes.add(route);
            rules.route(route);
            return this;
        }
    }
}
