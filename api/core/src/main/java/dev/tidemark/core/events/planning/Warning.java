package dev.tidemark.core.events.planning;

import dev.tidemark.spi.Refusal;

/**
 * A value that went to {@code _extra}.
 *
 * @param property the sender's name for it
 * @param sample the value as JSON, cut when it is long
 */
public record Warning(String property, Refusal reason, String sample) {}
