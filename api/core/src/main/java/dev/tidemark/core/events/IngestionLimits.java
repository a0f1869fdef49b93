package dev.tidemark.core.events;

import dev.tidemark.core.modules.Settings;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.time.Duration;

/**
 * What the write path of one project may hold and use on this node.
 *
 * @param queueEvents that wait or are being written
 * @param queueBytes of their rows
 * @param writers that commit at the same time
 * @param patience how long a request waits for its commit
 */
public record IngestionLimits(int queueEvents, long queueBytes, int writers, Duration patience) {

    public static final IngestionLimits DEFAULT = new IngestionLimits(100_000, 64L << 20, 2, Duration.ofSeconds(30));

    public IngestionLimits {
        if (queueEvents < 1 || queueBytes < 1 || writers < 1 || !patience.isPositive()) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT,
                    "The settings events.queue-events, events.queue-megabytes, events.writers and events.patience are"
                            + " greater than zero.");
        }
    }

    /** As the operator wants it. */
    public static IngestionLimits read(Settings settings) {
        return new IngestionLimits(
                settings.read(
                        "events.queue-events",
                        DEFAULT.queueEvents(),
                        "Events of one project that may wait to be written; more are refused until there is room."),
                settings.read(
                                "events.queue-megabytes",
                                (int) (DEFAULT.queueBytes() >> 20),
                                "Megabytes of one project's events that may wait to be written.")
                        * (1L << 20),
                settings.read(
                        "events.writers",
                        DEFAULT.writers(),
                        "Transactions in which one project's events are written at the same time."),
                settings.read(
                        "events.patience",
                        DEFAULT.patience(),
                        "How long a request waits for the commit of its events before it is told to send them again."));
    }
}
