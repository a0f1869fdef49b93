package dev.tidemark.spi;

import java.time.Duration;
import java.time.Instant;

/**
 * A sender's clock, which may be wrong by years. What it showed when the request was sent tells by how much.
 *
 * @param sentAt by the sender's clock
 * @param receivedAt the same moment by ours
 */
public record SenderClock(Instant sentAt, Instant receivedAt) {

    /** A time of the sender's clock, by ours. */
    public Instant corrected(Instant time) {
        return time.plus(Duration.between(sentAt, receivedAt));
    }
}
