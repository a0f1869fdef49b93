package dev.tidemark.core.events.commit;

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
 * @param letterBytesAnHour of dead letters that the project keeps, on all nodes together
 * @param patience how long a request waits for its commit
 */
public record IngestionLimits(
        int queueEvents, long queueBytes, int writers, long letterBytesAnHour, Duration patience) {

    public static final IngestionLimits DEFAULT =
            new IngestionLimits(100_000, 64L << 20, 2, 64L << 20, Duration.ofSeconds(30));

    public IngestionLimits {
        if (queueEvents < 1 || queueBytes < 1 || writers < 1 || letterBytesAnHour < 0 || !patience.isPositive()) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT,
                    "The settings events.queue-events, events.queue-megabytes, events.writers and events.patience are"
                            + " greater than zero, and events.dead-letter-megabytes-per-hour is not less.");
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
                                "events.dead-letter-megabytes-per-hour",
                                (int) (DEFAULT.letterBytesAnHour() >> 20),
                                "Megabytes of one project's dead letters that are kept in an hour; more are only"
                                        + " counted.")
                        * (1L << 20),
                settings.read(
                        "events.patience",
                        DEFAULT.patience(),
                        "How long a request waits for the commit of its events before it is told to send them again."));
    }
}
