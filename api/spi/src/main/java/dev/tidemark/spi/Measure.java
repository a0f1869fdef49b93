package dev.tidemark.spi;

/** A number (or short list) about a group of rows. */
public sealed interface Measure {

    /** The key of the value in the answer; unique in a question. */
    String name();

    /** How many rows. A Long. */
    record Count(String name) implements Measure {}

    /** How many different values, exactly. A Long. */
    record Distinct(String name, String column) implements Measure {}

    /** Null when no row has a value. A sum of integers is exact, however large. */
    record Sum(String name, String column) implements Measure {}

    /** A Double. */
    record Average(String name, String column) implements Measure {}

    record Min(String name, String column) implements Measure {}

    record Max(String name, String column) implements Measure {}

    /**
     * Continuous: interpolated between neighbours.
     *
     * @param p from 0 to 1
     */
    record Percentile(String name, String column, double p) implements Measure {}

    /**
     * The most frequent values: a list of {@link Answer.Top}, most frequent first, equals by value.
     *
     * @param n at most that many, 1 to 100
     */
    record Top(String name, String column, int n) implements Measure {}
}
