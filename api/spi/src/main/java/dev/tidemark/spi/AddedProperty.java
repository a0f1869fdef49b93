package dev.tidemark.spi;

/**
 * A property that a module adds to events.
 *
 * @param name as senders would write it
 * @param description what it means, for people: one sentence
 */
public record AddedProperty(String name, ColumnType type, String description) {}
