package dev.tidemark.server.http;

import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;

/**
 * Refuses a query of which something else would be read than was sent. The web server's own check is off, since it refuses
 * what RFC 3986 allows there, such as the colons of a time, and what browsers send as it is, such as brackets.
 */
final class ReadableQuery implements Filter {

    private static final char FIRST = '!';
    private static final char LAST = '~';
    private static final int ESCAPE = 3;

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        var query = request.prologue().query().rawValue();
        var unreadable = unreadable(query);
        if (unreadable < 0) {
            chain.proceed();
        } else {
            refusal(query, unreadable).send(response);
        }
    }

    /** The place of the first character that cannot be read; -1: there is none. */
    private static int unreadable(String query) {
        for (int i = 0; i < query.length(); i++) {
            var c = query.charAt(i);
            if (c < FIRST || c > LAST || (c == '%' && !isEscape(query, i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isEscape(String query, int at) {
        return at + ESCAPE <= query.length()
                && Character.digit(query.charAt(at + 1), 16) >= 0
                && Character.digit(query.charAt(at + 2), 16) >= 0;
    }

    private static Problem refusal(String query, int at) {
        var sentence = query.charAt(at) == '%'
                ? "a % that two hexadecimal digits do not follow: write it as %25."
                : "what no address may have as it is: write each byte of it in UTF-8 as % and two hexadecimal digits.";
        return new Problem(
                Status.BAD_REQUEST_400,
                "BAD_REQUEST",
                "The query of the address has, at its character " + (at + 1) + ", " + sentence,
                List.of(),
                List.of(HeaderValues.CONNECTION_CLOSE));
    }
}
