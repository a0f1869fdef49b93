package dev.tidemark.funnels;

import dev.tidemark.funnels.FunnelQuestion.Breakdown;
import dev.tidemark.spi.Filter;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Tries every match of every person: what a funnel means, without any idea of how to find it quickly. */
final class FunnelOracle {

    private final FunnelQuestion question;
    private final Map<String, List<History>> people;

    FunnelOracle(List<History> events, FunnelQuestion question) {
        this.question = question;
        this.people = events.stream()
                .filter(event -> question.from()
                        .map(from -> !event.time().isBefore(from))
                        .orElse(true))
                .filter(event ->
                        question.to().map(to -> event.time().isBefore(to)).orElse(true))
                .sorted(History.ORDER)
                .collect(Collectors.groupingBy(History::person, TreeMap::new, Collectors.toList()));
    }

    /** Where a person is counted. */
    record RowKey(@Nullable Object value, @Nullable LocalDate bucket) {}

    /**
     * How far a person got.
     *
     * @param since seconds from step 1 to the step, at its place
     * @param pause seconds from the step before
     */
    record Reach(int depth, Map<Integer, Double> since, Map<Integer, Double> pause) {}

    /** By row and person. */
    Map<RowKey, Map<String, Reach>> answer() {
        var answer = new LinkedHashMap<RowKey, Map<String, Reach>>();
        people.forEach((person, events) -> starts(events)
                .forEach((key, starts) ->
                        answer.computeIfAbsent(key, any -> new TreeMap<>()).put(person, reach(events, starts))));
        return answer;
    }

    /** The events of step 1 that count for each row. */
    private Map<RowKey, List<History>> starts(List<History> events) {
        var starts = events.stream()
                .filter(this::isHeld)
                .filter(event -> fits(event, 1))
                .toList();
        if (starts.isEmpty()) {
            return Map.of();
        }
        return question.countsEveryStart()
                ? starts.stream().collect(Collectors.groupingBy(this::key))
                : Map.of(key(starts.getFirst()), starts);
    }

    private RowKey key(History start) {
        return question.breakdown()
                .map(breakdown -> new RowKey(
                        breakdown.property().map(start::property).orElse(null),
                        breakdown
                                .bucket()
                                .map(bucket -> bucket(start, breakdown))
                                .orElse(null)))
                .orElse(new RowKey(null, null));
    }

    private static LocalDate bucket(History start, Breakdown breakdown) {
        var day = LocalDate.ofInstant(start.time(), breakdown.zone());
        return switch (breakdown.bucket().orElseThrow()) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    private Reach reach(List<History> events, List<History> starts) {
        var since = new TreeMap<Integer, Double>();
        var wait = new TreeMap<Integer, Double>();
        int depth = 0;
        for (var held : heldApart(events)) {
            var best = new TreeMap<Integer, List<Integer>>();
            for (int i = 0; i < held.size(); i++) {
                if (starts.contains(held.get(i))) {
                    extend(held, List.of(i), best);
                }
            }
            for (var match : best.entrySet()) {
                depth = Math.max(depth, match.getKey());
                var indexes = match.getValue();
                if (match.getKey() > 1) {
                    var end = held.get(indexes.getLast());
                    since.merge(match.getKey(), seconds(held.get(indexes.getFirst()), end), Math::min);
                    wait.merge(match.getKey(), seconds(held.get(indexes.get(indexes.size() - 2)), end), Math::min);
                }
            }
        }
        return new Reach(depth, since, wait);
    }

    private List<List<History>> heldApart(List<History> events) {
        return question.holding()
                .map(held -> (List<List<History>>) new ArrayList<>(events.stream()
                        .filter(this::isHeld)
                        .collect(Collectors.groupingBy(event -> String.valueOf(event.property(held))))
                        .values()))
                .orElse(List.of(events));
    }

    /** Keeps of the matches of each length the one that ends first, and of those the one with the latest events. */
    private void extend(List<History> events, List<Integer> match, Map<Integer, List<Integer>> best) {
        best.merge(match.size(), match, (one, other) -> {
            if (!one.getLast().equals(other.getLast())) {
                return one.getLast() < other.getLast() ? one : other;
            }
            return IntStream.iterate(one.size() - 1, i -> i >= 0, i -> i - 1)
                                    .map(i -> Integer.compare(one.get(i), other.get(i)))
                                    .filter(order -> order != 0)
                                    .findFirst()
                                    .orElse(0)
                            >= 0
                    ? one
                    : other;
        });
        if (match.size() == question.steps().size()) {
            return;
        }
        for (int next = match.getLast() + 1; next < events.size(); next++) {
            if (fits(events.get(next), match.size() + 1)
                    && isInWindow(events.get(match.getFirst()), events.get(next))
                    && isUnbroken(events.subList(match.getLast() + 1, next), match.size())) {
                var longer = new ArrayList<>(match);
                longer.add(next);
                extend(events, longer, best);
            }
        }
    }

    private boolean isInWindow(History start, History end) {
        return question.window()
                .map(window -> Duration.between(start.time(), end.time()).compareTo(window) < 0)
                .orElse(true);
    }

    private boolean isUnbroken(List<History> between, int after) {
        return between.stream()
                .noneMatch(event -> (question.isStrict()
                                && question.steps().stream()
                                        .anyMatch(step -> step.collection().equals(event.collection())))
                        || question.exclusions().stream()
                                .anyMatch(exclusion -> exclusion.after() == after
                                        && exclusion.collection().equals(event.collection())
                                        && passes(event, exclusion.filter())));
    }

    private boolean isHeld(History event) {
        return question.holding().map(held -> event.property(held) != null).orElse(true);
    }

    private boolean fits(History event, int step) {
        var wanted = question.steps().get(step - 1);
        return wanted.collection().equals(event.collection()) && passes(event, wanted.filter());
    }

    private static boolean passes(History event, Filter filter) {
        return switch (filter) {
            case Filter.Compare(var name, var comparison, var value) ->
                comparison == Filter.Comparison.EQ
                        ? value.equals(event.property(name))
                        : event.number() != null && event.number() >= (Long) value;
            default -> true;
        };
    }

    private static double seconds(History from, History to) {
        return Duration.between(from.time(), to.time()).toMillis() / 1000.0;
    }

    /** As PostgreSQL interpolates. */
    static double percentile(List<Double> values, double p) {
        var sorted = values.stream().sorted(Comparator.naturalOrder()).toList();
        var place = p * (sorted.size() - 1);
        var below = (int) Math.floor(place);
        var above = (int) Math.ceil(place);
        return sorted.get(below) + (sorted.get(above) - sorted.get(below)) * (place - below);
    }

    static List<Double> times(Map<String, Reach> people, int step, Function<Reach, Map<Integer, Double>> kind) {
        return people.values().stream()
                .map(kind)
                .filter(times -> times.containsKey(step))
                .map(times -> times.get(step))
                .toList();
    }
}
