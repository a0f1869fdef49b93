package dev.tidemark.realtime;

import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.ValueSize;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a report says about one window, as the schema has it. */
record RealtimeAnswer(Instant from, Instant to, Instant asOf, List<RealtimeGroup> total, List<RealtimeSlide> slides) {

    record RealtimeSlide(Instant from, Instant to, List<RealtimeGroup> groups) {}

    record RealtimeGroup(Map<String, @Nullable Object> group, long events, Map<String, @Nullable Object> measures) {

        private static final long RECORD = 32;

        /** The same numbers of an equal group, whose texts are there already. */
        private RealtimeGroup of(RealtimeGroup same) {
            return new RealtimeGroup(same.group, events, measures);
        }

        private long bytes() {
            return RECORD + ValueSize.of(measures);
        }
    }

    /** A question and the rows of its answer. */
    record Answered(Aggregate question, List<List<@Nullable Object>> rows) {

        private RealtimeGroup group(List<@Nullable Object> row, int dimensions) {
            Map<String, @Nullable Object> group = new LinkedHashMap<>();
            var groupings = question.groupings().size();
            for (int i = groupings - dimensions; i < groupings; i++) {
                group.put(question.groupings().get(i).name(), row.get(i));
            }
            var measures = question.measures(row);
            var events = (Long) Objects.requireNonNull(measures.remove(ReportQuestion.EVENTS));
            return new RealtimeGroup(group, events, measures);
        }
    }

    static RealtimeAnswer of(Report report, Report.Window window, Instant asOf, Answered total, Answered slides) {
        var dimensions = report.dimensions().size();
        var groups =
                total.rows().stream().map(row -> total.group(row, dimensions)).toList();
        Map<Instant, Map<Map<String, @Nullable Object>, RealtimeGroup>> bySlide = new HashMap<>();
        for (var row : slides.rows()) {
            var group = slides.group(row, dimensions);
            bySlide.computeIfAbsent((Instant) Objects.requireNonNull(row.getFirst()), start -> new HashMap<>())
                    .put(group.group(), group);
        }
        List<RealtimeSlide> told = new ArrayList<>();
        for (var start = window.from(); start.isBefore(window.to()); start = start.plus(report.slide())) {
            var found = bySlide.getOrDefault(start, Map.of());
            told.add(new RealtimeSlide(
                    start,
                    start.plus(report.slide()),
                    groups.stream()
                            .flatMap(group ->
                                    Optional.ofNullable(found.get(group.group()))
                                            .map(inSlide -> inSlide.of(group))
                                            .stream())
                            .toList()));
        }
        return new RealtimeAnswer(window.from(), window.to(), asOf, groups, told);
    }

    /** About as many as it takes of the heap; the slides have the groups of the total. */
    long bytes() {
        var groups =
                total.stream().mapToLong(group -> ValueSize.of(group.group())).sum();
        var numbers = Stream.concat(total.stream(), slides.stream().flatMap(slide -> slide.groups().stream()))
                .mapToLong(RealtimeGroup::bytes)
                .sum();
        return groups + numbers;
    }

    /** How long after it the next window can be asked about. */
    Duration untilNext() {
        var first = slides.getFirst();
        var slide = Duration.between(first.from(), first.to());
        return Duration.between(asOf, to.plus(slide).plus(ReportQuestion.PATIENCE));
    }
}
