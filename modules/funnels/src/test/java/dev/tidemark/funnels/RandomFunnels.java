package dev.tidemark.funnels;

import dev.tidemark.funnels.FunnelQuestion.Breakdown;
import dev.tidemark.funnels.FunnelQuestion.Bucket;
import dev.tidemark.funnels.FunnelQuestion.Exclusion;
import dev.tidemark.funnels.FunnelQuestion.Step;
import dev.tidemark.spi.Filter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Questions made from a seed, and how a client writes them. */
final class RandomFunnels {

    private static final List<String> ZONES =
            List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Africa/Cairo", "+05:30");

    private final Random random;

    RandomFunnels(long seed) {
        this.random = new Random(seed);
    }

    FunnelQuestion question() {
        var steps = 1 + random.nextInt(4);
        return new FunnelQuestion(
                IntStream.range(0, steps)
                        .mapToObj(i -> new Step(any(History.COLLECTIONS), filter()))
                        .toList(),
                sometimes(5, () -> Instant.parse("2026-03-28T00:00:00Z")),
                sometimes(5, () -> Instant.parse("2026-10-25T01:00:00Z")),
                sometimes(
                        2,
                        () -> any(List.of(
                                Duration.ofMinutes(2), Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(10)))),
                random.nextInt(3) == 0,
                steps == 1
                        ? List.of()
                        : IntStream.range(0, random.nextInt(3))
                                .mapToObj(i -> new Exclusion(
                                        any(History.COLLECTIONS), filter(), 1 + random.nextInt(steps - 1)))
                                .toList(),
                sometimes(4, () -> any(List.of("text", "number"))),
                sometimes(2, this::breakdown),
                random.nextInt(3) == 0 ? List.of(0.5, 0.9) : List.of());
    }

    private Breakdown breakdown() {
        var property = sometimes(2, () -> any(List.of("text", "number")));
        return new Breakdown(
                property,
                property.isEmpty() || random.nextBoolean()
                        ? Optional.of(any(List.of(Bucket.values())))
                        : Optional.empty(),
                ZoneId.of(any(ZONES)),
                random.nextBoolean(),
                OptionalInt.empty());
    }

    private Filter filter() {
        return switch (random.nextInt(4)) {
            case 0 -> new Filter.Compare("text", Filter.Comparison.EQ, "x");
            case 1 -> new Filter.Compare("number", Filter.Comparison.GTE, 2L);
            default -> Filter.ALL;
        };
    }

    private <T> Optional<T> sometimes(int every, Supplier<T> value) {
        return random.nextInt(every) == 0 ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    static Map<String, @Nullable Object> input(FunnelQuestion question) {
        Map<String, @Nullable Object> input = new LinkedHashMap<>();
        input.put(
                "steps",
                question.steps().stream()
                        .map(step -> event(step.collection(), step.filter()))
                        .toList());
        question.from().ifPresent(from -> input.put("from", from.toString()));
        question.to().ifPresent(to -> input.put("to", to.toString()));
        question.window().ifPresent(window -> input.put("window", window.toString()));
        input.put("order", question.isStrict() ? "STRICT" : "LOOSE");
        input.put(
                "exclusions",
                question.exclusions().stream()
                        .map(exclusion -> {
                            var event = event(exclusion.collection(), exclusion.filter());
                            event.put("after", exclusion.after());
                            return event;
                        })
                        .toList());
        question.holding().ifPresent(holding -> input.put("holding", holding));
        question.breakdown().ifPresent(breakdown -> input.put("breakdown", breakdown(breakdown)));
        if (question.isMeasured()) {
            input.put("percentiles", question.percentiles());
        }
        return input;
    }

    private static Map<String, @Nullable Object> breakdown(Breakdown breakdown) {
        Map<String, @Nullable Object> input = new LinkedHashMap<>();
        breakdown.property().ifPresent(property -> input.put("property", property));
        breakdown.bucket().ifPresent(bucket -> input.put("bucket", bucket.name()));
        input.put("zone", breakdown.zone().getId());
        input.put("attribution", breakdown.everyStart() ? "EVERY_START" : "FIRST");
        return input;
    }

    private static Map<String, @Nullable Object> event(String collection, Filter filter) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("collection", collection);
        if (filter instanceof Filter.Compare(var name, var comparison, var value)) {
            event.put(
                    "where",
                    Map.of("property", Map.of("name", name, comparison == Filter.Comparison.EQ ? "eq" : "gte", value)));
        }
        return event;
    }
}
