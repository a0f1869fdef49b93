package dev.tidemark.core.questions;

import dev.tidemark.core.questions.EventTable.Row;
import dev.tidemark.core.questions.aggregates.AggregateCheck;
import dev.tidemark.core.questions.sql.ValueOrder;
import dev.tidemark.spi.Aggregate;
import dev.tidemark.spi.Answer.Top;
import dev.tidemark.spi.Filter;
import dev.tidemark.spi.Filter.Comparison;
import dev.tidemark.spi.Grouping;
import dev.tidemark.spi.Measure;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers aggregates in memory, as plainly as can be, to compare with. */
final class Oracle {

    private final List<Row> rows;
    private final Aggregate question;

    Oracle(List<Row> rows, Aggregate question) {
        this.rows = rows;
        this.question = question;
    }

    /** @param earlier the listed rows of the earlier time, then the rest's if there is one */
    record Expected(
            List<List<@Nullable Object>> rows,
            @Nullable List<@Nullable Object> rest,
            List<List<@Nullable Object>> earlier) {}

    Expected answer() {
        var groups = grouped(question.filter());
        if (question.fillGaps()) {
            fill(groups);
        }
        var listed = groups.keySet().stream()
                .map(key -> measured(key, groups.get(key)))
                .filter(this::passesHaving)
                .sorted(order())
                .limit(question.first().orElse(Integer.MAX_VALUE))
                .toList();
        var rest = question.rest() ? rest(groups, keys(listed)) : null;
        return new Expected(
                listed,
                rest,
                question.earlier()
                        .map(by -> earlier(new OracleClock(question, by), keys(listed), rest != null))
                        .orElse(List.of()));
    }

    private Map<List<@Nullable Object>, List<Row>> grouped(Filter filter) {
        var groups = new LinkedHashMap<List<@Nullable Object>, List<Row>>();
        if (question.groupings().isEmpty()) {
            groups.put(List.of(), new ArrayList<>());
        }
        rows.stream()
                .filter(row -> passes(filter, row))
                .forEach(row -> groups.computeIfAbsent(key(row), added -> new ArrayList<>())
                        .add(row));
        return groups;
    }

    private List<List<@Nullable Object>> keys(List<List<@Nullable Object>> listed) {
        return listed.stream()
                .map(row -> row.subList(0, question.groupings().size()))
                .toList();
    }

    private List<List<@Nullable Object>> earlier(
            OracleClock clock, List<List<@Nullable Object>> listed, boolean hasRest) {
        var groups = grouped(clock.moved(question.filter()));
        var then = listed.stream().map(clock::moved).toList();
        var moved = new Oracle(rows, clock.moved(question));
        var found = new ArrayList<List<@Nullable Object>>();
        then.forEach(key -> found.add(moved.measured(key, groups.getOrDefault(key, List.of()))));
        if (hasRest) {
            var rest = moved.rest(groups, then);
            found.add(rest == null ? moved.measured(nothing(), List.of()) : rest);
        }
        return found;
    }

    private @Nullable List<@Nullable Object> rest(
            Map<List<@Nullable Object>, List<Row>> groups, List<List<@Nullable Object>> listed) {
        var left = new LinkedHashMap<>(groups);
        listed.forEach(left::remove);
        var others = left.values().stream().flatMap(List::stream).toList();
        return others.isEmpty() ? null : measured(nothing(), others);
    }

    private List<@Nullable Object> nothing() {
        return new ArrayList<>(
                java.util.Collections.nCopies(question.groupings().size(), null));
    }

    private void fill(Map<List<@Nullable Object>, List<Row>> groups) {
        var place = IntStream.range(0, question.groupings().size())
                .filter(i -> question.groupings().get(i) instanceof Grouping.ByBucket)
                .findFirst()
                .orElseThrow();
        var grouping = (Grouping.ByBucket) question.groupings().get(place);
        var bounds = OracleClock.bounds(question.filter(), grouping.column());
        var found = groups.keySet().stream()
                .map(key -> (Instant) key.get(place))
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        var others = new LinkedHashSet<List<@Nullable Object>>();
        groups.keySet().forEach(key -> others.add(with(key, place, null)));
        if (question.groupings().size() == 1) {
            others.add(nothing());
        }
        if (found.isEmpty() && bounds.isEmpty()) {
            return;
        }
        var end = bounds.isEmpty() ? found.getLast().plusSeconds(1) : bounds.getLast();
        var buckets = new LinkedHashSet<Instant>();
        for (var at = bounds.isEmpty() ? found.getFirst() : bounds.getFirst();
                at.isBefore(end);
                at = at.plus(step(grouping))) {
            buckets.add(bucket(grouping, at));
        }
        for (var bucket : buckets) {
            others.forEach(other -> groups.computeIfAbsent(with(other, place, bucket), added -> new ArrayList<>()));
        }
    }

    private static Duration step(Grouping.ByBucket grouping) {
        return switch (grouping.unit()) {
            case SECOND -> Duration.ofSeconds(1);
            case MINUTE -> Duration.ofMinutes(1);
            default -> Duration.ofMinutes(15);
        };
    }

    private static List<@Nullable Object> with(List<@Nullable Object> key, int place, @Nullable Object value) {
        var changed = new ArrayList<@Nullable Object>(key);
        changed.set(place, value);
        return changed;
    }

    private List<@Nullable Object> key(Row row) {
        return question.groupings().stream()
                .map(grouping -> value(grouping, row))
                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
    }

    private static @Nullable Object value(Grouping grouping, Row row) {
        return switch (grouping) {
            case Grouping.ByColumn by -> column(row, by.column());
            case Grouping.ByBucket by -> column(row, by.column()) instanceof Instant time ? bucket(by, time) : null;
            case Grouping.ByPart by -> column(row, by.column()) instanceof Instant time ? part(by, time) : null;
        };
    }

    static @Nullable Object column(Row row, String name) {
        return switch (name) {
            case "_time" -> row.time();
            case "_user" -> row.user();
            case "_anonymous" -> row.anonymous();
            case "_collection" -> row.values().get("_collection");
            case "_person" -> row.user() == null ? row.anonymous() : row.user();
            default -> row.values().get(name);
        };
    }

    private static long part(Grouping.ByPart by, Instant time) {
        var local = LocalDateTime.ofInstant(time, by.zone());
        return switch (by.part()) {
            case HOUR_OF_DAY -> local.getHour();
            case DAY_OF_WEEK -> local.getDayOfWeek().getValue();
            case DAY_OF_MONTH -> local.getDayOfMonth();
            case WEEK_OF_YEAR -> local.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case MONTH_OF_YEAR -> local.getMonthValue();
        };
    }

    static Instant bucket(Grouping.ByBucket by, Instant time) {
        var local = LocalDateTime.ofInstant(time, by.zone());
        var day = local.toLocalDate();
        return switch (by.unit()) {
            case DAY -> day.atStartOfDay(by.zone()).toInstant();
            case WEEK ->
                day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                        .atStartOfDay(by.zone())
                        .toInstant();
            case MONTH -> day.withDayOfMonth(1).atStartOfDay(by.zone()).toInstant();
            case QUARTER ->
                day.with(IsoFields.DAY_OF_QUARTER, 1).atStartOfDay(by.zone()).toInstant();
            case YEAR -> day.withDayOfYear(1).atStartOfDay(by.zone()).toInstant();
            case SECOND, MINUTE, HOUR -> earliest(by, time);
        };
    }

    /** Walks back as long as the clock shows the same bucket; an hour and shorter ends where the clock is set. */
    private static Instant earliest(Grouping.ByBucket by, Instant time) {
        var seconds = by.every()
                * switch (by.unit()) {
                    case SECOND -> 1L;
                    case MINUTE -> 60L;
                    default -> 3600L;
                };
        var step = seconds % 60 == 0 ? 60 : 1;
        var start = seconds % 60 == 0 ? time.truncatedTo(ChronoUnit.MINUTES) : time.truncatedTo(ChronoUnit.SECONDS);
        while (sameBucket(by.zone(), start, start.minusSeconds(step), seconds)) {
            start = start.minusSeconds(step);
        }
        return start;
    }

    private static boolean sameBucket(ZoneId zone, Instant later, Instant earlier, long seconds) {
        var a = later.atZone(zone);
        var b = earlier.atZone(zone);
        var sameClock = a.getOffset().equals(b.getOffset()) || seconds > 3600;
        return sameClock
                && a.toLocalDate().equals(b.toLocalDate())
                && a.toLocalTime().toSecondOfDay() / seconds == b.toLocalTime().toSecondOfDay() / seconds;
    }

    private List<@Nullable Object> measured(List<@Nullable Object> key, List<Row> group) {
        var values = new ArrayList<@Nullable Object>(key);
        question.measures().forEach(measure -> values.add(value(measure, group)));
        return values;
    }

    private @Nullable Object value(Measure measure, List<Row> group) {
        return switch (measure) {
            case Measure.Count count -> (long) group.size();
            case Measure.Distinct by -> values(group, by.column()).distinct().count();
            case Measure.Sum by -> sum(values(group, by.column()).toList());
            case Measure.Average by -> {
                var average = values(group, by.column())
                        .mapToDouble(v -> ((Number) v).doubleValue())
                        .average();
                yield average.isPresent() ? average.getAsDouble() : null;
            }
            case Measure.Min by ->
                values(group, by.column()).min(ValueOrder::compare).orElse(null);
            case Measure.Max by ->
                values(group, by.column()).max(ValueOrder::compare).orElse(null);
            case Measure.Percentile by ->
                percentile(
                        values(group, by.column())
                                .mapToDouble(v -> ((Number) v).doubleValue())
                                .sorted()
                                .toArray(),
                        by.p());
            case Measure.Top by -> top(values(group, by.column()).toList(), by.n());
            case Measure.Filtered by ->
                value(
                        by.measure(),
                        group.stream().filter(row -> passes(by.filter(), row)).toList());
            case Measure.Ratio by -> ratio(value(by.dividend(), group), value(by.divisor(), group));
            case Measure.Merged by -> throw new IllegalArgumentException(by + " is a module's.");
            case Measure.Total by -> throw new IllegalArgumentException(by + " is of rows that stand for others.");
            case Measure.ApproximateDistinct by ->
                throw new IllegalArgumentException(by + " is an estimate, which plain loops do not make.");
        };
    }

    private static @Nullable Double ratio(@Nullable Object dividend, @Nullable Object divisor) {
        return dividend instanceof Number a && divisor instanceof Number b && b.doubleValue() != 0
                ? (Double) (a.doubleValue() / b.doubleValue())
                : null;
    }

    private static @Nullable Object sum(List<Object> values) {
        if (values.isEmpty()) {
            return null;
        }
        return values.getFirst() instanceof Long
                ? (Object) values.stream().mapToLong(v -> (Long) v).sum()
                : (Object) values.stream().mapToDouble(v -> (Double) v).sum();
    }

    private static @Nullable Object percentile(double[] sorted, double p) {
        if (sorted.length == 0) {
            return null;
        }
        var at = p * (sorted.length - 1);
        var low = sorted[(int) Math.floor(at)];
        return low + (sorted[(int) Math.ceil(at)] - low) * (at - Math.floor(at));
    }

    private static List<Top> top(List<Object> values, int n) {
        var counts = new HashMap<Object, Long>();
        values.forEach(value -> counts.merge(value, 1L, Long::sum));
        return counts.entrySet().stream()
                .map(entry -> new Top(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Top::count).reversed().thenComparing(Top::value, ValueOrder::compare))
                .limit(n)
                .toList();
    }

    private static Stream<Object> values(List<Row> group, String column) {
        return group.stream()
                .map(row -> column(row, column))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull);
    }

    private boolean passes(Filter filter, Row row) {
        return switch (filter) {
            case Filter.And and -> and.filters().stream().allMatch(f -> passes(f, row));
            case Filter.Or or -> or.filters().stream().anyMatch(f -> passes(f, row));
            case Filter.Not not -> !passes(not.filter(), row);
            case Filter.IsSet is -> (column(row, is.column()) != null) == is.set();
            case Filter.In in -> in.values().stream().anyMatch(v -> test(column(row, in.column()), Comparison.EQ, v));
            case Filter.Compare c -> test(column(row, c.column()), c.comparison(), c.value());
            case Filter.Matches m ->
                column(row, m.column()) instanceof String text
                        && switch (m.match()) {
                            case CONTAINS -> text.contains(m.text());
                            case STARTS_WITH -> text.startsWith(m.text());
                            case ENDS_WITH -> text.endsWith(m.text());
                        };
            case Filter.InQuery query -> throw new IllegalArgumentException("No oracle of SQL: " + query);
            case Filter.InGroup in -> Objects.equals(value(in.grouping(), row), in.value());
        };
    }

    private boolean passesHaving(List<@Nullable Object> row) {
        var names = AggregateCheck.names(question);
        return question.having().stream()
                .allMatch(h -> test(row.get(names.indexOf(h.measure())), h.comparison(), h.value()));
    }

    private static boolean test(@Nullable Object value, Comparison comparison, Object other) {
        if (value == null) {
            return comparison == Comparison.NE;
        }
        var order = value instanceof Number a && other instanceof Number b
                ? new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString()))
                : ValueOrder.compare(value, other);
        return switch (comparison) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LTE -> order <= 0;
            case GT -> order > 0;
            case GTE -> order >= 0;
        };
    }

    private Comparator<List<@Nullable Object>> order() {
        var names = AggregateCheck.names(question);
        return Stream.concat(
                        question.order().stream().map(by -> ValueOrder.of(names.indexOf(by.by()), by.descending())),
                        IntStream.range(0, question.groupings().size()).mapToObj(i -> ValueOrder.of(i, false)))
                .reduce(Comparator::thenComparing)
                .orElse(Comparator.comparingInt(List::size));
    }
}
