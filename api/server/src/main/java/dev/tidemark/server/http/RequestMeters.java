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
import java.util.Set;

/** Counts and times requests by route, never by address: whoever asks must not be able to make meters. */
record RequestMeters(MeterRegistry registry, Set<String> routes) implements Filter {

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        var begun = System.nanoTime();
        var route = route(request.path().path());
        try {
            chain.proceed();
        } finally {
            timer(route, response.status().code() / 100).record(Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    private String route(String path) {
        return routes.stream()
                .filter(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"))
                .findFirst()
                .orElse("other");
    }

    private Timer timer(String route, int statusClass) {
        return registry.getOrCreate(Timer.builder("http_requests")
                .description("Requests answered, by route and class of status")
                .tags(List.of(Tag.create("route", route), Tag.create("status", statusClass + "xx"))));
    }
}
