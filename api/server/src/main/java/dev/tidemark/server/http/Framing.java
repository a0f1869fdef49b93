package dev.tidemark.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Refuses a request whose length can be read in two ways: a proxy in front of us may take the other one, and what is the end
 * of a body to it is a request of somebody else to us.
 */
final class Framing implements Filter {

    private static final Predicate<String> LENGTH = Pattern.compile("\\d{1,18}").asMatchPredicate();

    /** What a filter throws passes all filters around it by, so it answers itself. */
    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        problem(request.headers()).ifPresentOrElse(problem -> problem.send(response), chain::proceed);
    }

    private static Optional<Problem> problem(Headers headers) {
        var lengths = headers.all(HeaderNames.CONTENT_LENGTH, List::of);
        var encodings = headers.all(HeaderNames.TRANSFER_ENCODING, List::of);
        if (!lengths.isEmpty() && !encodings.isEmpty()) {
            return refused("Content-Length and Transfer-Encoding exclude each other: send one.");
        }
        if (lengths.size() > 1 || !lengths.stream().allMatch(LENGTH)) {
            return refused("Content-Length is one number of bytes.");
        }
        if (encodings.size() > 1 || !encodings.stream().allMatch("chunked"::equalsIgnoreCase)) {
            return refused("The only Transfer-Encoding taken here is chunked.");
        }
        return Optional.empty();
    }

    private static Optional<Problem> refused(String sentence) {
        return Optional.of(new Problem(
                Status.BAD_REQUEST_400, "BAD_REQUEST", sentence, List.of(), List.of(HeaderValues.CONNECTION_CLOSE)));
    }
}
