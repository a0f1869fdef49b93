package dev.tidemark.funnels;

import dev.tidemark.funnels.FunnelQuestion.Breakdown;
import dev.tidemark.funnels.FunnelQuestion.Bucket;
import dev.tidemark.funnels.FunnelQuestion.Exclusion;
import dev.tidemark.funnels.FunnelQuestion.Step;
import dev.tidemark.spi.Arguments;
import dev.tidemark.spi.CallerException;
import dev.tidemark.spi.ErrorCode;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Questions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Reads GraphQL's {@code FunnelInput}. Errors have the path from it. */
final class FunnelInput {

    private static final int MOST_STEPS = 20;
    private static final int MOST_EXCLUSIONS = 20;
    private static final int MOST_PERCENTILES = 10;
    private static final Duration LONGEST_WINDOW = Duration.ofDays(36_500);

    private final Questions questions;
    private final Arguments input;

    FunnelInput(Questions questions, Arguments input) {
        this.questions = questions;
        this.input = input;
    }

    FunnelQuestion question() {
        var steps = input.objects("steps", MOST_STEPS);
        require(!steps.isEmpty(), "A funnel has at least one step.", "steps");
        var exclusions = input.objects("exclusions", MOST_EXCLUSIONS);
        return new FunnelQuestion(
                IntStream.range(0, steps.size())
                        .mapToObj(i -> step(steps.get(i), i))
                        .toList(),
                input.value("from").map(Instant.class::cast),
                input.value("to").map(Instant.class::cast),
                input.value("window").map(Duration.class::cast).map(FunnelInput::window),
                input.required("order").equals("STRICT"),
                IntStream.range(0, exclusions.size())
                        .mapToObj(i -> exclusion(exclusions.get(i), i, steps.size()))
                        .toList(),
                input.text("holding"),
                input.object("breakdown").map(this::breakdown),
                percentiles());
    }

    private Step step(Arguments step, int place) {
        return new Step(step.required("collection"), filter(step, "steps", place));
    }

    private Exclusion exclusion(Arguments exclusion, int place, int steps) {
        int after = exclusion.number("after").orElseThrow();
        require(
                after >= 1 && after < steps,
                "An exclusion is between a step and the next: after is from 1 to the number of steps less one.",
                "exclusions",
                Integer.toString(place),
                "after");
        return new Exclusion(exclusion.required("collection"), filter(exclusion, "exclusions", place), after);
    }

    private Filter filter(Arguments owner, String list, int place) {
        try {
            return owner.object("where").map(questions::filter).orElse(Filter.ALL);
        } catch (CallerException e) {
            throw e.within(list, Integer.toString(place));
        }
    }

    private Breakdown breakdown(Arguments breakdown) {
        var property = breakdown.text("property");
        var bucket = breakdown.constant("bucket", Bucket.class);
        require(
                property.isPresent() || bucket.isPresent(),
                "Break down by a property, by a bucket of time, or by both.",
                "breakdown");
        var first = breakdown.number("first");
        require(
                first.isEmpty() || bucket.isEmpty(),
                "first chooses the values with the most people: leave it out where there are buckets of time.",
                "breakdown",
                "first");
        require(
                first.orElse(1) >= 1 && first.orElse(1) <= FunnelStore.MOST_ROWS,
                "Ask for 1 to " + FunnelStore.MOST_ROWS + " rows.",
                "breakdown",
                "first");
        try {
            return new Breakdown(
                    property,
                    bucket,
                    questions.zone(breakdown.required("zone")),
                    breakdown.required("attribution").equals("EVERY_START"),
                    first.map(OptionalInt::of).orElse(OptionalInt.empty()));
        } catch (CallerException e) {
            throw e.within("breakdown");
        }
    }

    private static Duration window(Duration window) {
        require(
                window.isPositive() && window.compareTo(LONGEST_WINDOW) <= 0,
                "A window is longer than nothing and at most " + LONGEST_WINDOW.toDays() + " days.",
                "window");
        return window;
    }

    private List<Double> percentiles() {
        var percentiles = input.value("percentiles").map(all -> (List<?>) all).orElse(List.of()).stream()
                .map(Double.class::cast)
                .toList();
        require(
                percentiles.size() <= MOST_PERCENTILES && percentiles.stream().allMatch(p -> p >= 0 && p <= 1),
                "At most " + MOST_PERCENTILES + " percentiles are from 0 to 1, 0.5 being the median.",
                "percentiles");
        return percentiles;
    }

    private static void require(boolean condition, String message, String... path) {
        if (!condition) {
            throw new CallerException(ErrorCode.BAD_USER_INPUT, message, path);
        }
    }
}
