package dev.tidemark.rollups.sketches;

/**
 * A summary of values, of bounded size, that can be merged with another in any order. Used by one thread.
 *
 * <p>What is stored of it is a {@code byte[]} or, for JSON, a {@link String}.
 */
public sealed interface Sketch permits DistinctSketch, TopSketch, PercentileSketch {

    /** @param value a Long, Double or String, as the property has it */
    void add(Object value);

    /** Takes in all values of another one. */
    void merge(Object stored);

    Object stored();

    /** How much memory it takes, about. */
    long bytes();

    /** Whether another one says the same of the same values, within the error of both. */
    boolean agrees(Object stored);
}
