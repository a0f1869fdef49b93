package dev.tidemark.server.http;

import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Counts and times requests by route, never by address: whoever asks must not be able to make meters. */
final class RequestMeters implements Filter {

    private final MeterRegistry registry;
    private final Set<String> routes;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    RequestMeters(MeterRegistry registry, Set<String> routes) {
        this.registry = registry;
        this.routes = Set.copyOf(routes);
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        var begun = System.nanoTime();
        var route = route(request.path().path());
        try {
            chain.proceed();
        } finally {
            var kind = new Kind(route, response.status().code() / 100);
            timers.computeIfAbsent(kind, this::timer).record(Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    private String route(String path) {
        return routes.stream()
                .filter(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"))
                .findFirst()
                .orElse("other");
    }

    private Timer timer(Kind kind) {
        return registry.getOrCreate(Timer.builder("http_requests")
                .description("Requests answered, by route and class of status")
                .tags(List.of(Tag.create("route", kind.route()), Tag.create("status", kind.statusClass() + "xx"))));
    }

    private record Kind(String route, int statusClass) {}
}
