package dev.tidemark.spi;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A number (or short list) about a group of rows. */
public sealed interface Measure {

    /** The key of the value in the answer; unique in a question. */
    String name();

    /** One that is made of the values of a column. */
    sealed interface OfColumn extends Measure {
        String column();
    }

    /** How many rows. A Long. */
    record Count(String name) implements Measure {}

    /** How many different values, exactly. A Long. */
    record Distinct(String name, String column) implements OfColumn {}

    /**
     * How many different values, estimated by HyperLogLog with 2048 registers; the standard error, 2.3 %, stands in the
     * answer's freshness. For many values quicker than {@link Distinct}. A Long.
     */
    record ApproximateDistinct(String name, String column) implements OfColumn {}

    /** Null when no row has a value. A sum of integers is exact, however large. */
    record Sum(String name, String column) implements OfColumn {}

    /** The sum of numbers of rows, where each row stands for as many; 0 of none. A Long. */
    record Total(String name, String column) implements OfColumn {}

    /** A Double. */
    record Average(String name, String column) implements OfColumn {}

    record Min(String name, String column) implements OfColumn {}

    record Max(String name, String column) implements OfColumn {}

    /**
     * Continuous: interpolated between neighbours. Exact.
     *
     * @param p from 0 to 1
     */
    record Percentile(String name, String column, double p) implements OfColumn {}

    /**
     * The most frequent values: a list of {@link Answer.Top}, most frequent first, equals by value.
     *
     * @param n at most that many, 1 to 100
     */
    record Top(String name, String column, int n) implements OfColumn {}

    /**
     * What a module makes of the rows of a group, one by one. Where groups are ordered by it or compared with it there may be
     * 10,000 of them.
     *
     * @param isNumber whether it is a number, or null; groups can neither be ordered by anything else nor compared with it
     * @param values SQL over the columns of the table that is asked
     * @param united an aggregate of SQL that makes one of the last values of rows that agree in the others, of which there is one at
     *     least; to the merger it has to mean the same as all of them. Empty: the merger gets each row
     * @param merger makes an empty one for each group
     */
    record Merged(
            String name,
            boolean isNumber,
            List<SqlFragment> values,
            Optional<UnaryOperator<SqlFragment>> united,
            Supplier<Merger> merger)
            implements Measure {
        public Merged {
            values = List.copyOf(values);
        }
    }

    /** A measure of only those rows of the group that pass. */
    record Filtered(Measure measure, Filter filter) implements Measure {
        @Override
        public String name() {
            return measure.name();
        }
    }

    /**
     * One number divided by another. A Double; null when either is null or the divisor zero. The parts' names do not show in
     * the answer.
     */
    record Ratio(String name, Measure dividend, Measure divisor) implements Measure {}
}
