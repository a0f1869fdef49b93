package dev.tidemark.server.http;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpMediaType;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.MetricsConfig;
import io.helidon.metrics.spi.MeterRegistryFormatterProvider;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** All meters, as Prometheus reads them. */
record MetricsPage(MeterRegistry registry) implements HttpService {

    private static final HttpMediaType TEXT = HttpMediaType.create("text/plain; version=0.0.4; charset=utf-8");

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", this::all);
    }

    private void all(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.headers().contentType(TEXT);
        response.send(text());
    }

    private String text() {
        return ServiceLoader.load(MeterRegistryFormatterProvider.class).stream()
                .flatMap(provider -> provider
                        .get()
                        .formatter(
                                MediaTypes.TEXT_PLAIN,
                                MetricsConfig.create(),
                                registry,
                                Optional.empty(),
                                List.of(),
                                List.of())
                        .stream())
                .findFirst()
                .flatMap(formatter -> formatter.format())
                .map(String::valueOf)
                .orElse("");
    }
}
