package dev.tidemark.funnels;

import dev.tidemark.spi.Filter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What a funnel is asked.
 *
 * @param steps 1 to 20, in their order
 * @param from the first instant of events that count
 * @param to the first instant after them
 * @param window how long after step 1 a step counts, its end excluded
 * @param isStrict whether no other event of the steps' collections may lie between two events of a match
 * @param holding the property that has one value in all events of a match
 * @param percentiles of the conversion times, from 0 to 1; none: they are not measured
 */
record FunnelQuestion(
        List<Step> steps,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<Duration> window,
        boolean isStrict,
        List<Exclusion> exclusions,
        Optional<String> holding,
        Optional<Breakdown> breakdown,
        List<Double> percentiles) {

    FunnelQuestion {
        steps = List.copyOf(steps);
        exclusions = List.copyOf(exclusions);
        percentiles = List.copyOf(percentiles);
    }

    /** Whose events take part, as they were asked for. */
    List<String> collections() {
        return Stream.concat(
                        steps.stream().map(Step::collection),
                        exclusions.stream().map(Exclusion::collection))
                .distinct()
                .toList();
    }

    boolean isMeasured() {
        return !percentiles.isEmpty();
    }

    /** Whether something must not happen between the step of that number and the next. */
    boolean excludesAfter(int step) {
        return step < steps.size()
                && (isStrict || exclusions.stream().anyMatch(exclusion -> exclusion.after() == step));
    }

    /** Whether a person can stand in several rows. */
    boolean countsEveryStart() {
        return breakdown.filter(Breakdown::everyStart).isPresent();
    }

    /** An event that must come next. */
    record Step(String collection, Filter filter) {}

    /**
     * An event that must not come between two steps.
     *
     * @param after the number of the step, from 1
     */
    record Exclusion(String collection, Filter filter, int after) {}

    /**
     * How people are divided, by the event of step 1.
     *
     * @param everyStart whether a person belongs to all events that start a match, or to the first of step 1
     * @param first at most that many rows, those with the most people
     */
    record Breakdown(
            Optional<String> property, Optional<Bucket> bucket, ZoneId zone, boolean everyStart, OptionalInt first) {}

    /** A stretch of the calendar. */
    enum Bucket {
        DAY,
        WEEK,
        MONTH
    }
}
