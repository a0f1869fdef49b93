package dev.tidemark.posthog;

import dev.tidemark.spi.JsonObject;
import io.helidon.common.uri.UriQuery;
import java.time.Instant;
import java.util.Optional;

/** When a request was sent, by the sender's clock. */
final class SentAt {

    static final String MEMBER = "sent_at";

    /** Milliseconds, which SDKs for browsers add to the address. */
    private static final String IN_ADDRESS = "_";

    private static final int MOST_DIGITS = 15;

    private SentAt() {}

    static Optional<Instant> of(JsonObject around, UriQuery query) {
        return around.time(MEMBER)
                .or(() -> query.first(IN_ADDRESS)
                        .asOptional()
                        .filter(SentAt::isNumber)
                        .map(text -> Instant.ofEpochMilli(Long.parseLong(text))));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
