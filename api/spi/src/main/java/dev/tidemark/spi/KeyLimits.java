package dev.tidemark.spi;

import java.util.OptionalLong;

/**
 * How much may be sent with a key. Events count as they are sent, whether they are stored or not.
 *
 * @param eventsPerSecond on each node, on average: a batch may be larger, and is paid for by waiting
 * @param eventsPerDay of UTC, on all nodes together
 */
public record KeyLimits(OptionalLong eventsPerSecond, OptionalLong eventsPerDay) {

    public static final KeyLimits NONE = new KeyLimits(OptionalLong.empty(), OptionalLong.empty());
}
