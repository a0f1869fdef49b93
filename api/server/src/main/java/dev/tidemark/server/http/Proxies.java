package dev.tidemark.server.http;

import dev.tidemark.spi.ClientAddress;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells clients behind proxies apart. Each proxy adds to {@code X-Forwarded-For} whom it was asked by, at the end: what stands
 * before the entries of our own proxies anyone may have written.
 *
 * @param count how many of ours a request comes through; 0: none, and the header is nobody's word
 */
record Proxies(int count) implements Filter {

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (count > 0) {
            client(request.headers()).ifPresent(address -> request.context().register(new ClientAddress(address)));
        }
        chain.proceed();
    }

    /** Empty: it came past them. */
    private Optional<String> client(Headers headers) {
        var noted = headers.all(HeaderNames.X_FORWARDED_FOR, List::of).stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip)
                .toList();
        return noted.size() < count ? Optional.empty() : Optional.of(noted.get(noted.size() - count));
    }
}
