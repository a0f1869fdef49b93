package dev.tidemark.core.catalog.snapshot;

import dev.tidemark.core.catalog.partitions.PartitionWidth;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import java.time.Duration;
import java.util.Optional;

/**
 * How a collection takes and keeps its events.
 *
 * @param isStrict whether what was not declared is refused
 * @param partitions what those made from now on cover
 * @param keep how long events are kept after they happened; empty: for ever
 */
public record Terms(boolean isStrict, PartitionWidth partitions, Optional<Duration> keep) {

    /** Of a collection that came with an event. */
    public static final Terms USUAL = new Terms(false, PartitionWidth.MONTH, Optional.empty());

    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** @throws CallerException when no event could be kept so */
    public static Duration keep(Object asked) {
        var keep = (Duration) asked;
        if (keep.compareTo(SHORTEST) < 0 || keep.compareTo(LONGEST) > 0) {
            throw new CallerException(
                    ErrorCode.BAD_USER_INPUT, "Events are kept from an hour (PT1H) to 100 years (P36500D).", "keep");
        }
        return keep;
    }

    /** @throws CallerException when there would be more partitions than PostgreSQL handles well */
    public Terms checked() {
        var longest = partitions.longestKeep();
        if (longest.isPresent()
                && keep.filter(asked -> asked.compareTo(longest.get()) <= 0).isEmpty()) {
            throw new CallerException(
                    ErrorCode.CONFLICT,
                    "Partitions of %s need events that are kept at most %s days: give keep as well, or choose a longer one."
                            .formatted(partitions, longest.get().toDays()),
                    "partitions");
        }
        return this;
    }
}
