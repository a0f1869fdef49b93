package dev.tidemark.server.http;

import dev.tidemark.server.live.Live;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.webserver.http.HttpService;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is answered where.
 *
 * @param services by the prefix of their addresses
 * @param live what is told as it happens; nothing while the database is away
 */
public record Site(Map<String, HttpService> services, Optional<Live> live) {

    public Site {
        services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    }

    /** While the database is away. */
    public static Site waiting(String obstacle) {
        Map<String, HttpService> services = new LinkedHashMap<>();
        services.put("/health", new Health(() -> Optional.of(obstacle)));
        services.put(
                "/",
                rules -> rules.any((request, response) -> {
                    throw new CallerException(ErrorCode.UNAVAILABLE, obstacle);
                }));
        return new Site(services, Optional.empty());
    }

    /**
     * When all is there.
     *
     * @param routes the modules' services, by the prefix of their addresses
     * @param obstacle why no request can be answered now; asked anew each time
     */
    public static Site of(
            Live live,
            Map<String, HttpService> routes,
            int largestQuery,
            MeterRegistry registry,
            Supplier<Optional<String>> obstacle) {
        ProcessMeters.register(registry);
        Map<String, HttpService> services = new LinkedHashMap<>();
        services.put("/graphql", new GraphqlEndpoint(live, largestQuery));
        services.put("/graphiql", new BundledPage("graphiql"));
        services.put("/health", new Health(obstacle));
        services.put("/live", new BundledPage("live"));
        services.put("/metrics", new MetricsPage(registry));
        services.putAll(routes);
        services.put(
                "/",
                rules -> rules.get(
                        "/",
                        (request, response) -> response.status(Status.FOUND_302)
                                .header(HeaderNames.LOCATION, "graphiql/")
                                .send()));
        return new Site(services, Optional.of(live));
    }
}
