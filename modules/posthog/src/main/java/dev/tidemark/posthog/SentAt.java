package dev.tidemark.posthog;

import io.helidon.common.uri.UriQuery;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** When a request was sent, by the sender's clock: SDKs for browsers add it to the address, newer ones say it in a header. */
final class SentAt {

    /** Milliseconds. */
    private static final String PARAMETER = "_";

    private static final HeaderName HEADER = HeaderNames.create("PostHog-Request-Timestamp");

    private static final int MOST_DIGITS = 15;

    private SentAt() {}

    static Optional<Instant> of(UriQuery query) {
        return query.first(PARAMETER)
                .asOptional()
                .filter(SentAt::isNumber)
                .map(text -> Instant.ofEpochMilli(Long.parseLong(text)));
    }

    static Optional<Instant> of(Headers headers) {
        try {
            return headers.first(HEADER).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
