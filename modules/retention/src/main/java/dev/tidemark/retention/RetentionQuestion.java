package dev.tidemark.retention;

import dev.tidemark.spi.Filter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What retention is asked.
 *
 * @param from the first instant of events that count
 * @param to the first instant after them
 * @param isRecurring whether a person belongs to the cohort of each unit with a first action, or only to the first
 * @param brackets where periods begin, in units after the cohort's, and last where the last one ends; empty: each unit is a
 *     period
 * @param breakdown the property of the first action that divides people
 */
record RetentionQuestion(
        Action first,
        Action returning,
        Instant from,
        Instant to,
        Calendar calendar,
        boolean isRecurring,
        List<Integer> brackets,
        Optional<String> breakdown) {

    RetentionQuestion {
        brackets = List.copyOf(brackets);
    }

    /** @param collection none: any event */
    record Action(Optional<String> collection, Filter filter) {}

    /** Whose events take part, as they were asked for; none: those of all collections. */
    List<String> relations() {
        var collections = Stream.of(first, returning).map(Action::collection).toList();
        return collections.stream().allMatch(Optional::isPresent)
                ? collections.stream().flatMap(Optional::stream).distinct().toList()
                : List.of();
    }

    /** The last unit of which something lies in the range. */
    int lastUnit() {
        return calendar.unit(to.minusNanos(1));
    }

    /** The periods of the cohort of a unit that begin before the range ends. */
    List<Period> periods(int cohort) {
        return IntStream.range(0, brackets.isEmpty() ? lastUnit() - cohort + 1 : brackets.size() - 1)
                .mapToObj(number -> brackets.isEmpty()
                        ? new Period(number, number, number + 1)
                        : new Period(number, brackets.get(number), brackets.get(number + 1)))
                .takeWhile(period -> (long) cohort + period.from() <= lastUnit())
                .toList();
    }

    /**
     * Units after the cohort's.
     *
     * @param number from 0
     * @param to the first unit after it
     */
    record Period(int number, int from, int to) {}
}
