package dev.tidemark.posthog;

import io.helidon.common.uri.UriQuery;
import java.time.Instant;
import java.util.Optional;

/** When a request was sent, by the sender's clock: SDKs for browsers add it to the address. */
final class SentAt {

    /** Milliseconds. */
    private static final String PARAMETER = "_";

    private static final int MOST_DIGITS = 15;

    private SentAt() {}

    static Optional<Instant> of(UriQuery query) {
        return query.first(PARAMETER)
                .asOptional()
                .filter(SentAt::isNumber)
                .map(text -> Instant.ofEpochMilli(Long.parseLong(text)));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
